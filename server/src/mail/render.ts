import type { MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import type { Template, TemplateParts } from './templates.ts';
import { type MailContext, VARIABLES } from './variables.ts';

/** An error in a template, and the part that has it. */
export type TemplateIssue = {
  readonly at: keyof TemplateParts;
  /** `unknown`: no such variable. `no_value`: it has no value in this kind of mail. */
  readonly kind: 'unknown' | 'no_value';
  readonly variable: string;
};

/** `$ORDERCODE$`. A single dollar sign, as in a price, is text. */
const VARIABLE = /\$([A-Za-z][A-Za-z0-9_]*)\$/g;

const PARTS = ['subject', 'body', 'memberBody', 'afterword'] as const;

/** Lists the errors of a template; one without issues always renders to a whole mail. */
export function checkTemplate(
  kind: MailKind,
  template: Template & Partial<TemplateParts>,
): TemplateIssue[] {
  return PARTS.flatMap((at) => {
    const names = new Set(
      [...(template[at] ?? '').matchAll(VARIABLE)].map(([, name = '']) => name),
    );
    return [...names].flatMap((variable): TemplateIssue[] => {
      const known = Object.hasOwn(VARIABLES, variable) ? VARIABLES[variable] : undefined;
      if (known === undefined) return [{ at, kind: 'unknown', variable }];
      const has = known.kinds === undefined || known.kinds.includes(kind);
      return has ? [] : [{ at, kind: 'no_value', variable }];
    });
  });
}

/** Fills a template with the order's values. Inserted text is never read as a variable again. */
export function render(template: Template, context: MailContext): Template {
  const fill = (text: string) =>
    text.replace(VARIABLE, (token, name: string) =>
      Object.hasOwn(VARIABLES, name) ? (VARIABLES[name]?.value(context) ?? token) : token,
    );
  // A name with a line break must not turn the subject into a second header.
  return { subject: fill(template.subject).replace(/[\r\n]+/g, ' '), body: fill(template.body) };
}

/** Lists the variables of a kind of mail, with their meaning. */
export function variablesOf(kind: MailKind): { name: string; ja: string; en: string }[] {
  return Object.entries(VARIABLES).flatMap(([name, { ja, en, kinds }]) =>
    kinds === undefined || kinds.includes(kind) ? [{ name, ja, en }] : [],
  );
}
