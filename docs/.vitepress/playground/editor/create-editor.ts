import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Finding } from '../simulation/protocol.ts';
import { completeYaml, type Language } from './complete.ts';

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly language: Language;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** The line under the pointer, or else that of the cursor. */
  readonly onLine: (line: number) => void;
}

export interface YamlEditor {
  setText(text: string): void;
  showFindings(findings: readonly Finding[]): void;
  /** Marks lines that shape what the reader points at on the other side. */
  markLines(lines: readonly number[]): void;
  goTo(line: number, column?: number): void;
  destroy(): void;
}

const setMarks = StateEffect.define<readonly number[]>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    const effect = transaction.effects.find((candidate) => candidate.is(setMarks));
    if (!effect) return decorations.map(transaction.changes);
    const { doc } = transaction.state;
    const lines = (effect.value as readonly number[]).filter((line) => line >= 1 && line <= doc.lines);
    return Decoration.set(
      [...new Set(lines)].sort((a, b) => a - b).map((line) => markedLine.range(doc.line(line).from)),
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});
const markedLine = Decoration.line({ class: 'cm-influencing' });

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--xdsim-key)' },
  { tag: [tags.string, tags.content], color: 'var(--xdsim-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--xdsim-number)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--vp-c-text-2)', fontStyle: 'italic' },
  { tag: [tags.meta, tags.separator, tags.punctuation], color: 'var(--vp-c-text-2)' },
]);

export function createEditor(options: EditorOptions): YamlEditor {
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({ doc: options.text, extensions: extensionsFor(options) }),
  });
  const lineStart = (line: number): number =>
    view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines)).from;
  return {
    setText(text) {
      if (text !== view.state.doc.toString())
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    showFindings: (findings) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          findings.map((finding) => place(view, finding)),
        ),
      ),
    markLines: (lines) => view.dispatch({ effects: setMarks.of(lines) }),
    goTo(line, column = 1) {
      const anchor = Math.min(lineStart(line) + column - 1, view.state.doc.length);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function extensionsFor({ label, language, onChange, onLine }: EditorOptions): readonly Extension[] {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    autocompletion({ override: [completeYaml(language)], icons: false }),
    yaml(),
    syntaxHighlighting(colours),
    marks,
    // Tab keeps moving the focus: a keyboard must be able to leave the editor.
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
      if (update.selectionSet) onLine(update.state.doc.lineAt(update.state.selection.main.head).number);
    }),
    EditorView.domEventHandlers({
      mousemove(event, view) {
        const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (offset !== null) onLine(view.state.doc.lineAt(offset).number);
      },
    }),
  ];
}

function place({ state }: EditorView, finding: Finding): Diagnostic {
  const offset = (line: number, column: number): number => {
    const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
    return Math.min(found.from + column - 1, found.to);
  };
  const from = offset(finding.line ?? 1, finding.column ?? 1);
  const end = finding.endLine === undefined ? from : offset(finding.endLine, finding.endColumn ?? 1);
  // A finding about a whole section is marked where the section begins.
  const to = Math.min(end, state.doc.lineAt(from).to);
  return {
    from,
    to: Math.max(from, to),
    severity: finding.severity,
    message: `${finding.message} (${finding.code})`,
  };
}
