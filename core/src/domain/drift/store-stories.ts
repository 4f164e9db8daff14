import { type Story, story } from './story.ts';

/** L2: why it matters how an order and its customer's payments at F-REGI stand (D6, D14–D18). */
export const STORE_STORIES = {
  paid_otherwise_too: story(
    [
      '受注は別の方法で「入金済」ですが、F-REGIではこの受注のお支払いが「決済完了」です。',
      'お客様が二重に支払っている場合は、返金が必要です。',
    ],
    [
      'The order was marked paid otherwise, and F-REGI says that the customer has paid it at the store.',
      'If the customer has paid twice, a refund is due.',
    ],
  ),
  paid_by_two: story(
    [
      'F-REGIでは、この受注のお支払いが2回以上「決済完了」です。',
      'お客様は二重に支払っており、返金が必要です。',
    ],
    [
      'F-REGI says that more than one payment of this order is complete.',
      'The customer has paid twice, and a refund is due.',
    ],
  ),
  paid_after_leaving: story(
    [
      '受注は取消・返品・未回収ですが、F-REGIではお支払いが「決済完了」です。',
      'お客様への返金、または受注の再開が必要です。',
    ],
    [
      'The order was cancelled, returned or given up, and F-REGI says that the customer has paid it.',
      'Refund the customer, or open the order again.',
    ],
  ),
  paid_by_former_method: story(
    [
      '受注の決済方法は変更されていますが、F-REGIでは変更前のお支払いが「決済完了」です。',
      '変更後の方法でもお支払いがあると、二重になります。',
    ],
    [
      'The payment method was changed, and F-REGI says that the customer has paid by the former one.',
      'Another payment by the new method would be the second.',
    ],
  ),
  paid_other_amount: story(
    [
      'F-REGIではお支払いが「決済完了」ですが、金額が現在の請求金額と異なります。',
      '入金済にするまで、受注は「未入金」のままです。',
    ],
    [
      'F-REGI says that the customer has paid, but another amount than is billed.',
      'The order stays unpaid until somebody marks it paid.',
    ],
  ),
  paid_and_unmarked: story(
    [
      '受注は「未入金」ですが、F-REGIではお支払いが「決済完了」です（入金日取消の後など）。',
      'お客様はすでに支払っています。',
    ],
    [
      'The order is unpaid, for example after its payment date was cleared, but F-REGI says that it is paid.',
      'The customer has paid already.',
    ],
  ),
  redirect_paid_more: story(
    [
      '受注は「入金済」ですが、お支払い金額が現在の請求金額より多くなっています。',
      '差額はお客様に返金されていません。',
    ],
    [
      'The order is paid, but the customer has paid more than is billed now.',
      'The difference has not been given back.',
    ],
  ),
  redirect_paid_less: story(
    [
      '受注は「入金済」ですが、お支払い金額が現在の請求金額より少なくなっています。',
      '差額は支払われていません。',
    ],
    [
      'The order is paid, but the customer has paid less than is billed now.',
      'The difference has not been paid.',
    ],
  ),
  payment_reversed: story(
    [
      '受注は「入金済」ですが、F-REGIではお支払いが「決済完了後取消」です。',
      'この受注の代金は入金されません。',
    ],
    [
      'The order is paid, but F-REGI says that the payment was cancelled after its completion.',
      'The money for this order will not arrive.',
    ],
  ),
  payable_left: story(
    [
      '受注は取消・返品・未回収ですが、発行済みのお支払いがまだ可能です。',
      '発行取消または有効期限切れまで、お客様が支払うことがあります。',
    ],
    [
      'The order was cancelled, returned or given up, but its issued payment can still be made.',
      'The customer may pay it until it is revoked or expires.',
    ],
  ),
  paid_before_revocation: story(
    [
      '受注は取消・返品・未回収です。発行取消を行いましたが、その前にお客様が支払っていました（決済完了）。',
      'お客様への返金、または受注の再開が必要です。',
    ],
    [
      'The order was cancelled, returned or given up. The customer had paid before the payment could be revoked.',
      'Refund the customer, or open the order again.',
    ],
  ),
  payable_revoking: story(
    [
      '発行取消をF-REGIに依頼しています。F-REGIの結果はまだ確認できていません。',
      '発行取消が確認できるまで、お客様が支払うことがあります。',
    ],
    [
      'The payment is being revoked at F-REGI. F-REGI has not confirmed it yet.',
      'The customer may pay it until then.',
    ],
  ),
  payable_not_revoked: story(
    [
      '発行取消を行いましたが、F-REGIで取り消せませんでした。',
      '発行取消または有効期限切れまで、お客様が支払うことがあります。',
    ],
    [
      'The payment was to be revoked, but F-REGI has not revoked it.',
      'The customer may pay it until it is revoked or expires.',
    ],
  ),
  payable_paid: story(
    [
      '受注は「入金済」ですが、発行済みのお支払いがまだ可能です。',
      'お客様が支払うと、二重の入金になります。',
    ],
    [
      'The order is paid, but an issued payment can still be made.',
      'If the customer makes it, the order is paid twice.',
    ],
  ),
  payable_other_method: story(
    [
      '受注の決済方法は変更されていますが、変更前に発行したお支払いがまだ可能です。',
      'お客様が両方で支払うと、二重の入金になります。',
    ],
    [
      'The payment method was changed, but the payment issued before can still be made.',
      'If the customer pays by both, the order is paid twice.',
    ],
  ),
  payable_other_amount: story(
    [
      '発行済みのお支払いの金額が、現在の請求金額と異なります。',
      'お客様が支払っても、受注は自動では入金済になりません。',
    ],
    [
      'A payment can still be made that was issued for another amount than is billed now.',
      'If the customer makes it, the order does not become paid by itself.',
    ],
  ),
  payable_twice: story(
    [
      'この受注には、支払可能な決済番号が2つ以上あります。',
      'お客様が両方で支払うと、二重の入金になります。',
    ],
    [
      'More than one issued payment of this order can still be made.',
      'If the customer makes both, the order is paid twice.',
    ],
  ),
} as const satisfies Record<string, Story>;
