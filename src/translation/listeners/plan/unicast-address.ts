import { parsePrefix } from '../../../model/ip-prefix.ts';

/** The first address that is neither unspecified, loopback, multicast nor link-local. */
export function firstUnicastAddress(addresses: readonly string[]): string | undefined {
  return addresses.find((address) => {
    const canonical = address.includes('/') ? undefined : parsePrefix(address)?.address;
    return canonical !== undefined && !special.test(canonical);
  });
}

const special = /^(0\.0\.0\.0|255\.255\.255\.255|127\..*|169\.254\..*|(22[4-9]|23\d)\..*|::1?|fe[89ab].:.*|ff..:.*)$/;
