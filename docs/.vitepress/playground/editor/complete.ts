import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { MessageSchema, Schema } from '../../../../src/model/istio/schema.ts';
import { manifestSchema, openingOf, scenarioSchema, schemaAt, typeName, valuesOf } from './schemas.ts';
import { type YamlPosition, yamlPosition } from './yaml-position.ts';

export type Language = 'manifests' | 'scenario';

/** Offers the fields and values that the schema of the kind at hand allows at the cursor. */
export function completeYaml(language: Language): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const position = yamlPosition(context.state.doc.toString(), context.pos);
    if (!position || (!context.explicit && position.typed.part === 'key' && position.typed.text === '')) return null;
    const root = language === 'scenario' ? scenarioSchema : manifestSchema(position.apiVersion, position.kind);
    const options =
      position.typed.part === 'key'
        ? [...fieldOptions(root, position, context), ...listOptions(root, position)]
        : valueOptions(root, position);
    if (options.length === 0) return null;
    return { from: position.typed.from, options, validFor: /^[\w.*"/-]*$/ };
  };
}

function fieldOptions(root: MessageSchema, position: YamlPosition, context: CompletionContext): readonly Completion[] {
  const holder = schemaAt(root, position.keys);
  if (holder?.type !== 'message') return [];
  const column = position.typed.from - context.state.doc.lineAt(context.pos).from;
  return [...holder.fields]
    .filter(([name]) => !position.siblings.has(name))
    .map(([name, schema], index) => ({
      label: name,
      detail: typeName(schema),
      type: schema.type === 'message' || schema.type === 'list' ? 'class' : 'property',
      apply: name + openingOf(schema, ' '.repeat(column)),
      boost: -index / 10,
    }));
}

/** Items of a list of words: `- ` and what is allowed there. */
function listOptions(root: MessageSchema, position: YamlPosition): readonly Completion[] {
  const schema: Schema | undefined = schemaAt(root, position.keys);
  return schema?.type === 'message' ? [] : valueOptions(root, position);
}

function valueOptions(root: MessageSchema, position: YamlPosition): readonly Completion[] {
  return valuesOf(schemaAt(root, position.keys), position).map((label, index) => ({
    label,
    type: 'enum',
    boost: -index / 10,
  }));
}
