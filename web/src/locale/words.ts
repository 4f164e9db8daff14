/**
 * The shape of one language, taken from another: every string has its counterpart. If the source
 * has a counted form (`…_other`), a language with a singular adds `…_one`.
 */
export type LocaleWords<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : LocaleWords<T[K]>;
} & {
  readonly [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]: string;
};
