/**
 * The code of the application's indexer, as Lambda runs it: puts each new item of the table of products into the index of
 * products.
 */
export async function handler({ Records }) {
  for (const { dynamodb } of Records) {
    const { PK, GSI1_PK, GSI1_SK, price, stock } = dynamodb.NewImage;
    const product = { id: PK.S, name: GSI1_SK.S, category: GSI1_PK.S, price: Number(price.N), stock: Number(stock.N) };
    const address = `${process.env.SEARCH_ENDPOINT}/${process.env.INDEX}/_doc/${product.id}?refresh=true`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(product) });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
  }
}
