/**
 * As much of a message as may be told. AWS answers a wrong signature with the text that should have been signed, and
 * that holds the session token.
 */
export function quotable(message: string): string {
  const [told = ''] = message.split(/\s*(?:The )?Canonical String\b/i);
  return told.replaceAll(/(x-amz-security-token)[\\"'\s:=]+[\w/+=%-]+/gi, '$1: ...');
}
