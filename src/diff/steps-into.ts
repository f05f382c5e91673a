import type { FieldPath } from '../model/field-path.ts';

/** How a path names each item of a list: by its name, tag or value where that is unique in the list, else by position. */
export function stepsInto(list: readonly unknown[], path: FieldPath): readonly (string | number)[] {
  const names = list.map((item) => nameOf(item, path.at(-1)));
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, index) => (name !== undefined && counts.get(name) === 1 ? name : index));
}

function nameOf(item: unknown, field: string | number | undefined): string | undefined {
  if (typeof item === 'string') return item;
  if (typeof item !== 'object' || item === null) return undefined;
  // A route's name is not its own: istiod gives all routes of one rule the rule's name, or "default".
  if (field === 'routes') return undefined;
  const { name, tag, endpoint } = item as {
    readonly name?: unknown;
    readonly tag?: unknown;
    readonly endpoint?: unknown;
  };
  if (typeof name === 'string' && name !== '') return name;
  if (typeof tag === 'string') return tag;
  return addressOf(endpoint);
}

interface EndpointAddress {
  readonly address?: { readonly socketAddress?: { readonly address?: string; readonly portValue?: number } };
}

/** `10.0.0.1:443` for an endpoint of a load assignment. */
function addressOf(endpoint: unknown): string | undefined {
  const socket = (endpoint as EndpointAddress | undefined)?.address?.socketAddress;
  if (socket?.address === undefined) return undefined;
  return `${socket.address}:${socket.portValue ?? 0}`;
}
