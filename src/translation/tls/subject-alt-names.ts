import type { CertificateValidationContext } from '../../xds/types.ts';

/** The peer's certificate must bear one of the names; no names, no condition. */
export function exactNames(names: readonly string[] | undefined): CertificateValidationContext {
  if (!names?.length) return {};
  return { matchSubjectAltNames: names.map((exact) => ({ exact })) };
}
