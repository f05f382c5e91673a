import type { NameTable } from '../../xds/snapshot.ts';
import { compareText, type Table } from './table.ts';

/** What the proxy's own DNS server answers when DNS capture is on. */
export function nameTable(names: NameTable): Table {
  const rows = Object.entries(names.table).map(([host, info]) => [
    host,
    info.ips.join(', '),
    info.registry,
    info.namespace ?? '-',
  ]);
  return {
    columns: ['HOST', 'ADDRESSES', 'REGISTRY', 'NAMESPACE'],
    rows: rows.sort((a, b) => compareText(a[0] ?? '', b[0] ?? '')),
  };
}
