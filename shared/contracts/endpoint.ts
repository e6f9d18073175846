import * as z from 'zod';

/** The address of a search domain, as somebody writes it. */
export const endpointTextSchema = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    message: 'must be an address such as https://vpc-app-abc.eu-west-1.es.amazonaws.com',
    abort: true,
  })
  .refine((text) => isOrigin(new URL(text)), {
    message: 'must be the address of the domain alone, without a user, a path, a query or a fragment',
  });

/** The same; becomes its origin. */
export const endpointSchema = endpointTextSchema.transform((text) => new URL(text).origin);

function isOrigin(url: URL): boolean {
  const rest = [url.username, url.password, url.search, url.hash];
  return url.pathname === '/' && rest.every((part) => part === '');
}
