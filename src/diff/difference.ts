import type { FieldPath } from '../model/field-path.ts';

/** The parts of a snapshot; `names` is the DNS proxy's table. */
export const sections = ['clusters', 'listeners', 'routes', 'endpoints', 'names'] as const;

export type Section = (typeof sections)[number];

/**
 * One field that differs. A path leads from the section through the resource's name to the field; an item of a list is
 * named where the list's items have names of their own, and else given by its position in the list after the change
 * (before, where it is gone):
 * `['listeners', '0.0.0.0_443', 'filterChains', 0, 'filters', 'envoy.filters.network.tcp_proxy', 'typedConfig', 'cluster']`
 */
export type FieldChange =
  | { readonly kind: 'added'; readonly path: FieldPath; readonly after: unknown }
  | { readonly kind: 'removed'; readonly path: FieldPath; readonly before: unknown }
  | { readonly kind: 'changed'; readonly path: FieldPath; readonly before: unknown; readonly after: unknown }
  /** Items that both sides hold stand in another order, in a list whose order Envoy minds; both orders are listed. */
  | {
      readonly kind: 'reordered';
      readonly path: FieldPath;
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

/** One resource that differs. */
export type Difference = {
  readonly section: Section;
  /** The resource's name; for names the host. */
  readonly name: string;
} & (
  | { readonly kind: 'added'; readonly after: object }
  | { readonly kind: 'removed'; readonly before: object }
  | {
      readonly kind: 'changed';
      readonly before: object;
      readonly after: object;
      readonly changes: readonly FieldChange[];
    }
);
