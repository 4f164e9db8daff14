import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Membership } from '../../../access/members.ts';
import { faultOf } from '../../../access/passwords.ts';
import { edgeProblem } from '../../problems/problems.ts';

type PasswordOwner = {
  readonly email: string;
  readonly name: string;
  readonly shops: readonly Pick<Membership, 'shopId' | 'shopName'>[];
};

/** Throws the problem of a password that a person may not choose. */
export function checkPassword(
  password: string,
  { email, name, shops }: PasswordOwner,
  locale: Locale,
) {
  const ofShops = shops.flatMap(({ shopId, shopName }) => [shopId, shopName]);
  const fault = faultOf(password, [email, name, ...ofShops]);
  if (fault !== null) throw edgeProblem(fault, locale);
}
