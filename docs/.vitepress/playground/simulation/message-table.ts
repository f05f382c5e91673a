/**
 * Stands in the page for the generated table of Envoy's messages, which is large, and empty until it is asked for: only
 * EnvoyFilters are read with it. `build/table-on-demand.ts` puts it there.
 */
export let messageTable = '';

export async function loadMessageTable(): Promise<void> {
  if (messageTable === '') ({ messageTable } = await import('../../../../src/xds/message-table.generated.ts'));
}
