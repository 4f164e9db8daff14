import type { MailTemplateInput, MailTemplateView } from '@renkei/contract';

/** The parts that a person writes, in the customer's sequence. */
export const PARTS = ['subject', 'body', 'memberBody', 'afterword'] as const;
export type Part = (typeof PARTS)[number];

/** A template as a person types it: the addresses of copies are one text. */
export type TypedTemplate = Record<Part, string> & {
  readonly sending: MailTemplateInput['sending'];
  readonly copyTo: string;
};

export function typedOf(template: MailTemplateView): TypedTemplate {
  const { subject, body, memberBody, afterword, sending, copyTo } = template;
  return { subject, body, memberBody, afterword, sending, copyTo: copyTo.join(', ') };
}

export function inputOf({ copyTo, subject, ...rest }: TypedTemplate): MailTemplateInput {
  return { ...rest, subject: subject.trim(), copyTo: addressesIn(copyTo) };
}

function addressesIn(text: string): string[] {
  return text.split(/[\s,、;]+/).filter((address) => address !== '');
}

export type Wrong = Partial<Record<Part | 'copyTo', 'missing' | 'not_an_address' | 'too_many'>>;

const COPIES_MAX = 5;

/** The errors before anything is sent, by field. */
export function wrongIn({ subject, body, copyTo }: TypedTemplate): Wrong {
  const addresses = addressesIn(copyTo);
  const isStrange = addresses.some((address) => !/^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(address));
  return {
    ...(subject.trim() === '' ? { subject: 'missing' } : {}),
    ...(body.trim() === '' ? { body: 'missing' } : {}),
    ...(isStrange ? { copyTo: 'not_an_address' } : {}),
    ...(addresses.length > COPIES_MAX ? { copyTo: 'too_many' } : {}),
  };
}
