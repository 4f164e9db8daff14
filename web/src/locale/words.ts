/**
 * The shape of one language, read off another: every string has its counterpart. Where the source
 * has a counted form (`…_other`), a language with a singular has that, too.
 */
export type Words<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]>;
} & {
  readonly [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]: string;
};
