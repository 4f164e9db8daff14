/** Registers a card at the sandbox under a 顧客番号, as the cart does. */
export async function registerCard(
  { url }: { readonly url: string },
  customerId: string,
  fregiShopId = '90001',
): Promise<void> {
  const answer = await fetch(`${url}/sandbox/v1/customers`, {
    method: 'POST',
    body: JSON.stringify({ shopId: fregiShopId, customerId, pan: '4980111111111111' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
