/** DynamoDB's clock and our own may differ by so much; it tells whole seconds alone in places. In milliseconds. */
export const clockMarginMilliseconds = 5 * 60_000;
