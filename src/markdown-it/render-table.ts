import type { Table } from '../print/tables/table.ts';
import { escapeHtml } from './escape-html.ts';

export interface TableOptions {
  readonly title: string;
  /** Said below the title, for example what was left out. */
  readonly note?: string;
}

/** A table that scrolls sideways by itself, by touch and by keyboard. */
export function renderTable({ columns, rows }: Table, { title, note }: TableOptions): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('');
  const caption = `<caption>${escapeHtml(title)}${note ? ` <small>${escapeHtml(note)}</small>` : ''}</caption>`;
  return `<div class="xdsim-scroll" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table class="xdsim-table">${caption}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
