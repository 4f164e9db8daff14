import { STORE_STORIES } from './store-stories.ts';
import { type Story, story } from './story.ts';

/**
 * The meaning of a drift in two sentences: the situation, and the consequence if nobody acts. The
 * list, the mail and the API show the same text, in both languages.
 */
export const STORY = {
  paid_authorized: story(
    [
      '受注は「入金済」ですが、F-REGIでは「承認済」のままで、売上処理されていません。',
      'このままでは入金されず、承認期限を過ぎると売上処理もできなくなります。',
    ],
    [
      'The order is paid, but F-REGI has only authorized it.',
      'The money will not arrive, and after the deadline it can no longer be captured.',
    ],
  ),
  paid_cancelled: story(
    [
      '受注は「入金済」ですが、F-REGIの取引は取り消されています。',
      'この受注の代金はカードでは支払われません。',
    ],
    [
      'The order is paid, but its transaction at F-REGI has been cancelled.',
      'Nothing will be paid for this order by card.',
    ],
  ),
  paid_unauthorized: story(
    [
      '受注は「入金済」ですが、F-REGIでは承認されていません。',
      'この受注の代金はカードでは支払われません。',
    ],
    [
      'The order is paid, but F-REGI has authorized nothing.',
      'Nothing will be paid for this order by card.',
    ],
  ),
  captured_not_paid: story(
    [
      '受注は「未入金」ですが、F-REGIでは「売上済」です（入金日取消の後、またはF-REGI管理画面での売上請求）。',
      'お客様への請求は続いています。',
    ],
    [
      'The order is unpaid, but F-REGI has captured it (payment date cleared, or console).',
      'The customer is being charged.',
    ],
  ),
  captured_not_paid_other_amount: story(
    [
      '受注は「未入金」ですが、F-REGIでは別の金額で「売上済」です。',
      '入金済にし直しても連携されず、F-REGIの売上金額は変わりません。',
    ],
    [
      'The order is unpaid, but F-REGI has captured it for another amount.',
      'Marking the order paid again does not reach F-REGI and does not change the captured amount.',
    ],
  ),
  link_broken: story(
    [
      '受注は「未入金」ですが、F-REGIの承認は取り消されています（F-REGI管理画面での取消または金額変更）。',
      'このままでは入金済にしても売上処理されません。',
    ],
    [
      'The order is unpaid, and its authorization was voided, or its amount changed, at F-REGI’s console.',
      'Marking it paid would capture nothing.',
    ],
  ),
  refunded_unpaid: story(
    [
      '受注は「未入金」で、F-REGIの売上は取り消されています。',
      'カードでは請求できないため、決済方法を変更するか、お客様に再度購入していただいてください。',
    ],
    [
      'The order is unpaid, and its charge was refunded at F-REGI.',
      'It cannot be charged by card: change the method, or have the customer buy again.',
    ],
  ),
  link_broken_found: story(
    [
      '受注の取引はF-REGIで取り消され、同じ伝票番号に新しい取引があります（F-REGI管理画面での金額変更）。',
      '新しい取引に結び直すと、通常どおり入金済にして売上処理できます。',
    ],
    [
      'The amount was changed at the console: a new transaction of the slip replaces the order’s.',
      'Link the order to the new transaction; it can then be marked paid and captured as usual.',
    ],
  ),
  link_broken_other_amount: story(
    [
      '受注の取引はF-REGIで取り消され、同じ伝票番号に金額の異なる新しい取引があります（F-REGI管理画面での金額変更）。',
      '請求金額とF-REGIの金額のどちらにするかを選んで、結び直してください。',
    ],
    [
      'The order’s transaction was cancelled, and a new one of another amount stands under the same slip: its amount was changed at the console.',
      'Choose which amount is meant, the bill’s or F-REGI’s, and link the order to the new one.',
    ],
  ),
  authorization_left: story(
    [
      '受注は終わっていますが、F-REGIの承認が残っています。',
      '取り消すまで、お客様の利用枠は確保されたままです。',
    ],
    [
      'The order has ended, but its authorization remains.',
      'It holds the customer’s credit line until it is voided.',
    ],
  ),
  authorization_held: story(
    [
      '受注は「保留」で、F-REGIの承認が残っています。',
      '通常処理に戻して売上処理するか、取り消すまで、お客様の利用枠は確保されたままです。',
    ],
    [
      'The order is on hold, and its authorization remains.',
      'It holds the customer’s credit line until it is captured or voided.',
    ],
  ),
  charge_left: story(
    [
      '受注は取消または返品されていますが、F-REGIでは「売上済」です。',
      'このままではお客様に請求されます。',
    ],
    [
      'The order was cancelled or returned, but F-REGI has captured it.',
      'The customer will be charged unless it is refunded.',
    ],
  ),
  amount_differs: story(
    [
      '請求金額とF-REGIの売上金額に、精算されていない差額があります。',
      'お客様に請求されるのはF-REGIの金額です。',
    ],
    [
      'The billed and the captured amount differ, and the difference is not settled.',
      'The customer’s card is charged F-REGI’s amount.',
    ],
  ),
  captured_amount_changed: story(
    [
      'F-REGI管理画面で売上金額が変更され、新しい取引になっています。',
      '変更は受注に連動しないため、金額を記録して結び直してください。',
    ],
    [
      'The captured amount was changed at F-REGI’s console, which made a new transaction.',
      'Renkei does not change the order by itself: record the change and link the order anew.',
    ],
  ),
  capture_moved: story(
    [
      '売上は、同じ伝票番号の別の取引に移っています。金額は請求金額と同じです。',
      '結び直すと、取消や返金がこの受注から行えます。',
    ],
    [
      'The charge has moved to another transaction of the slip, for the same amount.',
      'Link the order to it; it can then be cancelled and refunded here again.',
    ],
  ),
  other_method_authorized: story(
    [
      '決済方法はカードではありませんが、F-REGIの承認が残っています。',
      '取り消すまで、お客様の利用枠は確保されたままです。',
    ],
    [
      'The order is no longer paid by card, but its authorization remains.',
      'It holds the customer’s credit line until it is voided.',
    ],
  ),
  other_method_captured: story(
    [
      '決済方法はカードではありませんが、F-REGIでは「売上済」です。',
      'お客様は二重に支払うことになります。',
    ],
    [
      'The order is no longer paid by card, but F-REGI has captured it.',
      'The customer would pay twice.',
    ],
  ),
  authorization_refused: story(
    [
      'カード会社が承認しませんでした（承認失敗）。',
      '別の決済方法に変更するか、お客様に再度購入していただくまで、代金は支払われません。',
    ],
    [
      'The card company has refused the authorization.',
      'The shop receives no money until the method is changed or the customer buys again.',
    ],
  ),
  capture_refused: story(
    [
      'F-REGIで売上処理に失敗しています（売上失敗）。',
      'F-REGI管理画面で理由を確認し、別の方法で請求してください。',
    ],
    [
      'The capture has failed at F-REGI.',
      'See the reason in F-REGI’s console, and bill another way.',
    ],
  ),
  unknown_long: story(
    [
      'F-REGIへ送った操作の結果が、15分以上わかっていません。',
      '結果がわかるまで、この受注にほかの操作はできません。',
    ],
    [
      'The outcome of a call to F-REGI has been unknown for more than 15 minutes.',
      'Until it is known, the order takes no other command.',
    ],
  ),
  needs_review: story(
    [
      'F-REGIへ送った操作の結果を、自動では確認できません。',
      'F-REGI管理画面で取引の状態を確認し、入力してください。',
    ],
    [
      'Renkei cannot find out the outcome of a call to F-REGI by itself.',
      'Look up the transaction in F-REGI’s console, and enter the state shown there.',
    ],
  ),
  deadline_near: story(
    [
      '承認済のまま売上処理されておらず、承認期限が近づいています。',
      '期限を過ぎると売上処理できません。',
    ],
    [
      'The order is authorized but not captured, and its deadline is near.',
      'After the deadline it can no longer be captured.',
    ],
  ),
  deadline_passed: story(
    [
      '承認期限を過ぎています。',
      '売上処理はできないため、別の決済方法に変更するか、お客様に再度購入していただいてください。',
    ],
    [
      'The capture deadline has passed.',
      'It cannot be captured: change the method, or have the customer buy again.',
    ],
  ),
  validated_unauthorized: story(
    [
      '予約から通常処理に移しましたが、承認に失敗しています（通常処理（有効性確認済み））。',
      '利用枠は確保されていないため、このままでは売上処理できません。',
    ],
    [
      'The pre-order became a normal order, and its authorization failed.',
      'Nothing is reserved, so it cannot be captured.',
    ],
  ),
  preorder_unauthorized: story(
    [
      '予約は終わっていますが、まだ承認されていません（予約（未オーソリ））。',
      '利用枠は確保されていないため、このままでは売上処理できません。',
    ],
    [
      'The order is no longer a pre-order, but it has not been authorized.',
      'Nothing is reserved, so it cannot be captured.',
    ],
  ),
  two_live: story(
    [
      '同じ伝票番号に、生きている取引が2つ以上あります。',
      '余分な取引を取り消さないと、お客様に二重に請求されるか、利用枠が二重に確保されます。',
    ],
    [
      'More than one transaction of this slip is live.',
      'Until one is cancelled, the customer is charged, or their credit line held, twice.',
    ],
  ),
  stray_left: story(
    [
      '受注にはもう取引が要りませんが、同じ伝票番号に生きている取引があります。',
      '取り消さないと、お客様に請求されるか、利用枠が確保されたままです。',
    ],
    [
      'The order no longer needs a transaction, but one of its slip is live.',
      'Until it is cancelled, it charges the customer or holds their credit line.',
    ],
  ),
  no_order: story(
    [
      'F-REGIに、対応する受注のない取引があります。',
      'お客様に請求されている可能性があるため、F-REGI管理画面で確認してください。',
    ],
    [
      'F-REGI has a transaction that belongs to no order here.',
      'A customer may be charged for it: check it in F-REGI’s console.',
    ],
  ),
  ...STORE_STORIES,
  file_unconfirmed: story(
    [
      'F-REGI管理画面のCSVではこの取引は「売上済」ですが、取り込んだ人のほかに、まだ誰も確認していません。',
      '確認されるまで、受注の取引は「承認済」のままです。',
    ],
    [
      'A CSV of F-REGI’s console says that this transaction is captured, but only the person who imported it has said so.',
      'Until a second person confirms it, the order’s transaction stays authorized.',
    ],
  ),
  second_person_awaited: story(
    [
      '一人で行える金額の上限を超える操作が、別の担当者の確認を待っています。',
      '確認されるまで、F-REGIには何も送りません。',
    ],
    [
      'A command above the limit for one person waits for a second person.',
      'Until that person agrees, F-REGI is told nothing.',
    ],
  ),
  second_person_overtaken: story(
    [
      '別の担当者の確認を待つ操作がありますが、その後に受注が変更されました。',
      'この操作は実行できません。必要であれば、もう一度操作してください。',
    ],
    [
      'A command waits for a second person, but the order has changed since.',
      'It cannot be carried out any more: give the command again if it is needed.',
    ],
  ),
  not_found: story(
    [
      'F-REGIに、この受注の取引番号の取引がありません。',
      '取引番号の誤りか、別の店舗の取引の可能性があります。',
    ],
    [
      'F-REGI does not have the transaction that this order is linked to.',
      'The number may be wrong, or belong to another shop.',
    ],
  ),
} as const satisfies Record<string, Story>;
export type StoryId = keyof typeof STORY;
