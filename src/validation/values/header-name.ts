// RFC 9110 tokens. Between `+` and `.` Istio's list also lets the comma in.
const token = /^[!#$%&'*+-.^_`|~A-Za-z0-9]+$/;
const pseudoHeaders: ReadonlySet<string> = new Set([':method', ':scheme', ':authority', ':path', ':status']);

/** A header to match on: also a pseudo header, or `@request.auth.claims…` for a claim of the request's JWT. */
export function matchedHeaderNameProblem(name: string): string | undefined {
  if (isJwtClaim(name) || pseudoHeaders.has(name)) return undefined;
  return tokenProblem(name);
}

/** A header in a CORS policy, or `*`. */
export function corsHeaderNameProblem(name: string): string | undefined {
  return name === '*' ? undefined : tokenProblem(name);
}

/** A request header to add or set: of those that HTTP itself defines, only the authority can be changed. */
export function writtenRequestHeaderNameProblem(name: string): string | undefined {
  if (name === '') return emptyName;
  return name.startsWith(':') && !isAuthorityHeader(name) ? protectedHeader(name) : undefined;
}

/** A header to remove from a request, or to add, set or remove in a response. */
export function changedHeaderNameProblem(name: string): string | undefined {
  if (name === '') return emptyName;
  return name.startsWith(':') || name.toLowerCase() === 'host' ? protectedHeader(name) : undefined;
}

export function isAuthorityHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === ':authority' || lower === 'host';
}

const claimPrefix = '@request.auth.claims';

/** `@request.auth.claims.admin` or `@request.auth.claims[admin][name]`. Source: istio `pkg/jwt/routing.go`. */
export function isJwtClaim(name: string): boolean {
  if (!name.toLowerCase().startsWith(claimPrefix)) return false;
  const claim = name.slice(claimPrefix.length);
  return (
    (claim.startsWith('.') && claim.length > 1) || (claim.startsWith('[') && claim.endsWith(']') && claim.length > 2)
  );
}

const emptyName = 'A header name must not be empty.';

function tokenProblem(name: string): string | undefined {
  if (name === '') return emptyName;
  return token.test(name) ? undefined : `"${name}" is not a valid header name.`;
}

function protectedHeader(name: string): string {
  return `Header "${name}" cannot be changed here; pseudo headers and Host are Envoy's own.`;
}
