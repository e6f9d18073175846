import type { DomainRequest } from './request.ts';

/** The parts of a Signature Version 4 header; one that is missing is empty. */
export interface Signature {
  accessKeyId: string;
  /** The four parts of the credential's scope: day (YYYYMMDD), region, service, terminator. */
  day: string;
  region: string;
  service: string;
  terminator: string;
  /** Names in lower case. */
  signedHeaders: string[];
  /** In hexadecimal. */
  value: string;
  /** When it was signed, from X-Amz-Date: YYYYMMDDTHHMMSSZ. */
  signedAt: string;
}

/** Reads the signature of a request; undefined where it carries none, basic authentication included. */
export function readSignature({ headers }: Pick<DomainRequest, 'headers'>): Signature | undefined {
  const [algorithm, parameters = ''] = (headers.authorization ?? '').split(/ (.*)/s);
  if (algorithm !== 'AWS4-HMAC-SHA256') return undefined;
  const given = new Map(parameters.split(',').map(nameAndValue));
  const [accessKeyId = '', day = '', region = '', service = '', terminator = ''] =
    given.get('Credential')?.split('/') ?? [];
  return {
    accessKeyId,
    day,
    region,
    service,
    terminator,
    signedHeaders: given.get('SignedHeaders')?.split(';') ?? [],
    value: given.get('Signature') ?? '',
    signedAt: headers['x-amz-date'] ?? '',
  };
}

function nameAndValue(part: string): [string, string] {
  const [name = '', value = ''] = part.trim().split(/=(.*)/s);
  return [name, value];
}

/** The time that ISO 8601's basic form (YYYYMMDDTHHMMSSZ) names; undefined where it names none. */
export function readBasicTime(text: string): Date | undefined {
  const extended = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const time = new Date(extended);
  return extended === text || Number.isNaN(time.getTime()) ? undefined : time;
}

/** A time in ISO 8601's basic form. */
export function basicTime(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d{3}/g, '');
}
