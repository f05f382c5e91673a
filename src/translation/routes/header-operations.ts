import type { HeaderOperations, Headers } from '../../model/istio/virtual-service.ts';
import type { HeaderValueOption, Route } from '../../xds/types.ts';
import { compareText } from './match/compare-text.ts';

export type HeaderChanges = Pick<
  Route,
  'requestHeadersToAdd' | 'requestHeadersToRemove' | 'responseHeadersToAdd' | 'responseHeadersToRemove'
>;

/** What a route or destination does to headers. Envoy changes the authority by other means than headers. */
export interface HeaderManipulation {
  readonly changes: HeaderChanges;
  readonly authority?: string;
}

/**
 * `set` before `add`, each ordered by name; `:authority` and `host` become a rewrite of the host, other pseudo headers
 * are left alone. Source: istio `pilot/pkg/networking/core/route/route.go`, TranslateHeadersOperations.
 */
export function readHeaders(headers: Headers | undefined): HeaderManipulation {
  if (!headers) return untouched;
  const { request = {}, response = {} } = headers;
  const authority = authorityIn(request.set) || authorityIn(request.add);
  const changes = {
    requestHeadersToAdd: additions(request),
    requestHeadersToRemove: removals(request),
    responseHeadersToAdd: additions(response),
    responseHeadersToRemove: removals(response),
  };
  return { changes: withoutEmpty(changes), ...(authority && { authority }) };
}

const noChanges: HeaderChanges = {};
const untouched: HeaderManipulation = { changes: noChanges };

/** The second one's changes after the first one's. */
export function joinHeaderChanges(first: HeaderChanges, second: HeaderChanges = noChanges): HeaderChanges {
  if (first === noChanges || second === noChanges) return first === noChanges ? second : first;
  return withoutEmpty({
    requestHeadersToAdd: [...(first.requestHeadersToAdd ?? []), ...(second.requestHeadersToAdd ?? [])],
    requestHeadersToRemove: [...(first.requestHeadersToRemove ?? []), ...(second.requestHeadersToRemove ?? [])],
    responseHeadersToAdd: [...(first.responseHeadersToAdd ?? []), ...(second.responseHeadersToAdd ?? [])],
    responseHeadersToRemove: [...(first.responseHeadersToRemove ?? []), ...(second.responseHeadersToRemove ?? [])],
  });
}

function withoutEmpty(changes: HeaderChanges): HeaderChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, list]) => list.length > 0));
}

function additions({ set = {}, add = {} }: HeaderOperations): readonly HeaderValueOption[] {
  return [
    ...options(set).map((option) => ({ ...option, appendAction: 'OVERWRITE_IF_EXISTS_OR_ADD' as const })),
    ...options(add),
  ];
}

/** Appending is Envoy's default, and needs no word. */
function options(headers: Readonly<Record<string, string>>): readonly HeaderValueOption[] {
  return Object.entries(headers)
    .filter(([key]) => !isInternal(key))
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => ({ header: { key, ...(value !== '' && { value }) } }));
}

function removals({ remove = [] }: HeaderOperations): readonly string[] {
  return remove.filter((key) => !isInternal(key));
}

function authorityIn(headers: Readonly<Record<string, string>> = {}): string {
  return Object.entries(headers).findLast(([key]) => isAuthority(key))?.[1] ?? '';
}

const isAuthority = (key: string): boolean => [':authority', 'host'].includes(key.toLowerCase());
const isInternal = (key: string): boolean => key.startsWith(':') || key.toLowerCase() === 'host';
