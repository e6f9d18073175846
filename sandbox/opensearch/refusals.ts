import { type Answer, json } from './answer.ts';

/*
 * The words of the managed service's own front end, as its users have reported them. It has two dialects: what
 * concerns the signature says `message`, what concerns permission and what is offered says `Message`. Neither has
 * the `error` object of the search server.
 */

/** The signature is incomplete, out of date, of another scope or does not match. */
export function signatureRefused(message: string): Answer {
  return json(403, { message });
}

/** The signature is not what the caller's secret makes of this request. */
export function signatureMismatch(): Answer {
  return signatureRefused(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
      'and signing method. Consult the service documentation for details.',
  );
}

/** The access key is unknown, or its session token does not belong to it. */
export function tokenRefused(): Answer {
  return signatureRefused('The security token included in the request is invalid.');
}

/** No policy lets the caller do this. An unsigned caller is called anonymous and has only the domain's own policy. */
export function notAuthorized(user: string, action: string, resource: string): Answer {
  const policy = user === 'anonymous' ? 'resource-based' : 'identity-based';
  const why = `because no ${policy} policy allows the ${action} action`;
  return json(403, {
    Message: `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  });
}

/** An API that the managed service does not offer: 401, not 403. */
export function notOffered(path: string): Answer {
  return json(401, { Message: `Your request: '${path}' is not allowed.` });
}

/** An API that is offered, asked for something that is not. */
export function payloadNotOffered(path: string): Answer {
  return json(401, { Message: `Your request: '${path}' payload is not allowed.` });
}

/** A repository without the role that the service is to use. */
export function roleNeeded(): Answer {
  return json(401, { Message: 'settings.role_arn is needed for snapshot registration.' });
}

/** The load balancer before the domain gave up waiting; the server goes on. Its answer is a page, not JSON. */
export function gatewayTimeout(): Answer {
  return page(504, '504 Gateway Time-out');
}

/** The load balancer finds no server that answers. */
export function unavailable(why: string): Answer {
  return page(503, `503 Service Temporarily Unavailable: ${why}`);
}

/** A page of a load balancer or a proxy. */
export function page(status: number, title: string): Answer {
  const head = `<html>\r\n<head><title>${title}</title></head>\r\n`;
  const html = `${head}<body><center><h1>${title}</h1></center></body>\r\n</html>\r\n`;
  return { status, headers: { 'content-type': 'text/html' }, body: Buffer.from(html) };
}
