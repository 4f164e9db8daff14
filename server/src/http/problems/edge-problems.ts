import { ACCOUNT_PROBLEMS } from './account-problems.ts';
import { LOAD_PROBLEMS } from './load-problems.ts';
import { SUBSCRIPTION_PROBLEMS } from './subscription-problems.ts';

/** The edge's own problems, in both languages. The domain's problems are its reasons. */
export const EDGE = {
  invalid_request: {
    status: 422,
    ja: '入力内容に誤りがあります。各項目をご確認ください。',
    en: 'The request is not valid; see the errors.',
  },
  date_unusable: {
    status: 409,
    ja: '保存されている日付を扱えないため、処理できません。サーバーの管理者にご連絡ください。',
    en: 'Renkei cannot handle a stored date; tell the administrator.',
  },
  malformed_body: {
    status: 400,
    ja: 'リクエストの形式が正しくありません。',
    en: 'The request cannot be read.',
  },
  sign_in_failed: {
    status: 401,
    ja: 'ログインできませんでした。メールアドレス、パスワード、確認コードをご確認ください。',
    en: 'Sign-in failed; check address, password and code.',
  },
  too_many_requests: {
    status: 429,
    ja: '試行回数が多すぎます。1分ほど待ってから、もう一度お試しください。',
    en: 'Too many attempts; wait a minute and try again.',
  },
  misdirected: {
    status: 421,
    ja: 'このサーバーの名前ではないホスト名で接続されています。正しいURLで開いてください。',
    en: 'The request names a host that is not this server. Open the address in PUBLIC_URL.',
  },
  too_many_reads: {
    status: 429,
    ja: '処理中の読み込みが多すぎます。少し待ってから、もう一度お試しください。',
    en: 'Too many reads of this session or shop are under way. Try again in a moment.',
  },
  too_many_streams: {
    status: 429,
    ja: '一括処理の進み具合を同時に表示できる画面は、お一人5つまでです。他の画面を閉じてください。',
    en: 'One person can follow at most five runs at a time; close another screen.',
  },
  not_signed_in: {
    status: 401,
    ja: 'ログインしてください。',
    en: 'Sign in first.',
  },
  forbidden: {
    status: 403,
    ja: 'この操作の権限がありません。店舗の管理者にご相談ください。',
    en: 'Your role does not allow this; ask the shop’s owner.',
  },
  other_site: {
    status: 403,
    ja: '別のサイトからの操作は受け付けません。',
    en: 'Requests from another site are refused.',
  },
  not_found: {
    status: 404,
    ja: '見つかりません。',
    en: 'Not found in this shop.',
  },
  shop_wanted: {
    status: 422,
    ja: '店舗（shop）を指定してください。',
    en: 'Name the shop: ?shop=….',
  },
  key_required: {
    status: 428,
    ja: 'Idempotency-Key ヘッダーが必要です。',
    en: 'The header Idempotency-Key is required.',
  },
  version_required: {
    status: 428,
    ja: 'If-Match ヘッダーに受注の版（ETag）を指定してください。',
    en: 'The header If-Match with the order’s version (its ETag) is required.',
  },
  idempotency_key_reused: {
    status: 422,
    ja: 'この Idempotency-Key は別の内容で使用済みです。',
    en: 'This Idempotency-Key was used with another request.',
  },
  card_data_refused: {
    status: 422,
    ja: 'カード番号とみられる数字が含まれています。カード情報は受け付けません。',
    en: 'The request seems to hold a card number. Renkei never accepts card data.',
  },
  order_exists: {
    status: 409,
    ja: 'この受注コードは、別の内容ですでに登録されています。',
    en: 'This order number exists with other content.',
  },
  transaction_taken: {
    status: 409,
    ja: 'この取引番号は、別の受注で使われています。',
    en: 'This transaction number belongs to another order.',
  },
  orders_not_found: {
    status: 422,
    ja: '登録されていない受注コードが含まれています。',
    en: 'Some of these order numbers do not exist.',
  },
  settings_changed: {
    status: 409,
    ja: '設定は他の人が変更しています。最新の内容を確認してください。',
    en: 'Somebody else has changed the settings; look at them again.',
  },
  run_not_ended: {
    status: 409,
    ja: 'この一括処理はまだ終わっていません。終わるのを待つか、中止してください。',
    en: 'This run has not ended; wait for its end, or stop it.',
  },
  run_ended: {
    status: 409,
    ja: 'この一括処理はすでに終わっています。',
    en: 'This run has ended.',
  },
  not_in_review: {
    status: 409,
    ja: 'この操作は要確認の状態ではありません。',
    en: 'This operation is not in review.',
  },
  attention_changed: {
    status: 409,
    ja: 'この要対応は他の人が変更したか、すでに解消しています。最新の内容を確認してください。',
    en: 'Somebody else has changed this item, or it is resolved; look at it again.',
  },
  repair_gone: {
    status: 409,
    ja: 'この対処は、いまの状態では行えません。最新の内容を確認してください。',
    en: 'This repair does not fit the current state; look at the item again.',
  },
  last_owner: {
    status: 409,
    ja: 'この店舗のただ一人の管理者です。先に、ほかの人を管理者にしてください。',
    en: 'This person is the shop’s only owner; make somebody else an owner first.',
  },
  already_member: {
    status: 409,
    ja: 'このメールアドレスの人は、すでにこの店舗のメンバーです。',
    en: 'Somebody with this address already works in this shop.',
  },
  too_many_invitations: {
    status: 409,
    ja: '承諾を待っている招待が多すぎます。使わない招待を取り下げてください。',
    en: 'Too many invitations are pending; withdraw those you no longer need.',
  },
  invitation_gone: {
    status: 404,
    ja: 'この招待は、期限が切れたか、使用済みか、取り下げられています。店舗の管理者に、もう一度招待を依頼してください。',
    en: 'This invitation has expired, or was used or withdrawn; ask the shop’s owner for another.',
  },
  sign_in_to_accept: {
    status: 409,
    ja: 'このメールアドレスのアカウントがあります。ログインしてから、もう一度招待のリンクを開いてください。',
    en: 'This address has an account. Sign in, then open the invitation again.',
  },
  address_unproved: {
    status: 409,
    ja: 'このメールアドレスのアカウントは別のショップが作成したもので、本人のものと確認できていません。サーバーの管理者に、メール送信の設定か管理コマンドでの登録を依頼してください。',
    en: 'Another shop made the account of this address, and nobody has proved the address. Ask the administrator to set up mail, or to add you by the admin command.',
  },
  password_wanted: {
    status: 422,
    ja: 'パスワードを12〜128文字で入力してください。',
    en: 'Choose a password of 12 to 128 characters.',
  },
  not_a_member: {
    status: 422,
    ja: '担当者はこの店舗のメンバーから選んでください。',
    en: 'Choose a member of this shop.',
  },
  no_inquiry: {
    status: 409,
    ja: 'この店舗のF-REGIは照会に対応していません。F-REGI管理画面のCSVを取り込んでください。',
    en: 'This shop’s F-REGI cannot be asked. Import the console’s CSV instead.',
  },
  exported_later: {
    status: 422,
    ja: 'ファイルの出力日時が未来になっています。端末の時計を確かめてください。',
    en: 'The file’s export time lies in the future; check the clock of your device.',
  },
  second_person_wanted: {
    status: 409,
    ja: 'この内容はあなたが入力したものです。別の担当者が同じ内容を確認すると確定します。',
    en: 'This is your own answer. It counts once another person finds the same.',
  },
  no_answer_waits: {
    status: 409,
    ja: '確認を待っている入力はありません。最新の内容を確認してください。',
    en: 'No answer waits for a second person; look at the review again.',
  },
  review_answer_unfit: {
    status: 422,
    ja: 'この答えは、この操作では選べません。取引番号とステータスの組み合わせを確認してください。',
    en: 'This answer does not fit the operation; check the number together with the state.',
  },
  bad_period: {
    status: 422,
    ja: '期間が正しくありません。開始日から終了日まで、1年以内で指定してください。',
    en: 'The period is not valid: give a day and a later one, within a year.',
  },
  not_closable: {
    status: 409,
    ja: 'この期間は締められません。',
    en: 'This period cannot be closed.',
  },
  earlier_records: {
    status: 409,
    ja: '最初の締めです。この期間より前にも記録があります。一緒に締める（earlier: included）か、締めの対象外にする（earlier: left_out）かを選んでください。',
    en: 'This is the first closing, and earlier records exist: close them with it (earlier: included), or never (earlier: left_out).',
  },
  bad_cursor: {
    status: 422,
    ja: 'ページの位置（cursor）が正しくありません。',
    en: 'The cursor is not valid.',
  },
  bad_file: {
    status: 422,
    ja: 'ファイルを読み取れません。文字コードと形式を確認してください。',
    en: 'The file cannot be read; check its encoding and layout.',
  },
  too_large: {
    status: 413,
    ja: 'データが大きすぎます。',
    en: 'The request is too large.',
  },
  unsupported_media_type: {
    status: 415,
    ja: 'このデータ形式は受け付けません。',
    en: 'This kind of content is not accepted.',
  },
  view_name_taken: {
    status: 409,
    ja: 'この名前の表示条件はすでにあります。別の名前を付けてください。',
    en: 'You already have a view with this name; choose another name.',
  },
  too_many_views: {
    status: 409,
    ja: '保存できる表示条件の数を超えています。使わないものを削除してください。',
    en: 'You have reached the limit of saved views; delete one that you no longer use.',
  },
  selection_too_large: {
    status: 422,
    ja: '対象の受注が多すぎます。期間などで絞り込んでください。',
    en: 'The result has too many orders; narrow it down, for example by dates.',
  },
  selection_not_found: {
    status: 404,
    ja: 'この選択は見つからないか、期限（24時間）を過ぎています。もう一度選択してください。',
    en: 'The selection does not exist, or its 24 hours are over; select again.',
  },
  layout_name_taken: {
    status: 409,
    ja: 'この名前のCSVレイアウトはすでにあります。別の名前を付けてください。',
    en: 'A CSV layout with this name already exists; choose another name.',
  },
  csv_loss: {
    status: 422,
    ja: 'このままでは失われる値があるため、CSVを出力しませんでした。文字の置き換えを決めるか、該当の受注を除くか、文字コードにUTF-8を選んでください。',
    en: 'Values would be lost, so no file was made. Answer what replaces the characters, leave these orders out, or choose UTF-8.',
  },
  file_underway: {
    status: 409,
    ja: '同じファイルの取り込みが、いま始まったところです。一括処理の画面で進み具合を確認してください。',
    en: 'The same file has just been imported; look at its run.',
  },
  verification_elsewhere: {
    status: 409,
    ja: '別の店舗の記録を検証しています。終わってから、もう一度お試しください。',
    en: 'Another shop’s records are being verified; try again once that has ended.',
  },
  mail_withheld: {
    status: 409,
    ja: 'このメールは送信できません。設定と宛先を確認してください。',
    en: 'This mail cannot be sent; check the settings and the address.',
  },
  unavailable: {
    status: 503,
    ja: 'データベースに接続できないか、書き込めません。受け付け済みの操作は失われず、復旧後に自動で続きます。同じ Idempotency-Key での再送は二重になりません。',
    en: 'The database is out of reach or cannot be written. Accepted operations are not lost and go on by themselves. The same Idempotency-Key never acts twice.',
  },
  no_room: {
    status: 507,
    ja: 'サーバーのディスクに空きがないため、ファイルを作成できませんでした。サーバーの管理者に、空き容量を増やすよう依頼してください。',
    en: 'The server’s disk is full, so no file was made. Ask the administrator to make room.',
  },
  internal_error: {
    status: 500,
    ja: '予期しないエラーが発生しました。状態を確認してから、もう一度お試しください。',
    en: 'Something unexpected happened. Check the state before trying again.',
  },
  no_safe_mode: {
    status: 409,
    ja: 'セーフモードではありません。解除の必要はありません。',
    en: 'There is no safe mode to end.',
  },
  safe_mode_not_compared: {
    status: 409,
    ja: 'F-REGIとの照合がまだ終わっていません。終わってから解除してください。',
    en: 'The comparison with F-REGI is not complete yet. End safe mode once it is.',
  },
  safe_mode_of_others: {
    status: 403,
    ja: 'ほかの店舗にも関わるため、関わるすべての店舗の管理者か、サーバーの管理者（npm run admin -- release）が解除してください。',
    en: 'Safe mode concerns other shops, too: an owner of all of them, or the administrator (npm run admin -- release), must end it.',
  },
  not_withdrawable: {
    status: 409,
    ja: 'この操作は取り下げられません。すでにF-REGIへ送ったか、終わっています。',
    en: 'This operation cannot be withdrawn: F-REGI was asked already, or it has ended.',
  },
  overloaded: {
    status: 503,
    ja: 'サーバーが混み合っています。データベースの接続がすべて使用中のため、受け付けられませんでした。しばらくしてからもう一度お試しください。受け付け済みの操作は失われず、自動で続きます。同じ Idempotency-Key での再送は二重になりません。',
    en: 'The server is busy: all of its connections to the database are in use. Try again in a moment. Accepted operations are not lost and go on by themselves. The same Idempotency-Key never acts twice.',
  },
  redirect_payment_taken: {
    status: 409,
    ja: 'この発行番号は、別の受注で使われています。',
    en: 'This 発行番号 (settleno) belongs to another order.',
  },
  ...ACCOUNT_PROBLEMS,
  ...LOAD_PROBLEMS,
  ...SUBSCRIPTION_PROBLEMS,
} as const;
