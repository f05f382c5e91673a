// biome-ignore lint/suspicious/noControlCharactersInRegex: a header value may not hold them, but for the tab
const controlCharacters = /[\u0000-\u0008\u000A-\u001F\u007F]/;

/**
 * Checks a header value with Envoy's command operators: `%HOSTNAME%`, `%REQ(x-id)%`, and `%%` for a percent sign.
 * Whether Envoy knows an operator is not checked. Source: istio `pkg/config/validation/header_value_validator.go`.
 */
export function headerValueProblem(value: string): string | undefined {
  if (controlCharacters.test(value)) return `Header value ${JSON.stringify(value)} holds control characters.`;
  let position = 0;
  while (position < value.length) {
    if (value[position] !== '%') position += 1;
    else if (value[position + 1] === '%') position += 2;
    else {
      const end = operatorEnd(value, position + 1);
      if (end === undefined) return operatorProblem(value);
      position = end;
    }
  }
  return undefined;
}

function operatorProblem(value: string): string {
  return `Header value "${value}" has an incomplete %OPERATOR%; write %% for a percent sign.`;
}

/** The position after the operator's closing `%`; `start` is the position after the opening one. */
function operatorEnd(value: string, start: number): number | undefined {
  for (let position = start; position < value.length; position += 1) {
    if (value[position] === '%') return position + 1;
    if (value[position] === '(') {
      const end = argumentsEnd(value, position + 1);
      return end === undefined ? undefined : closingPercent(value, end);
    }
  }
  return undefined;
}

/** The position after the closing parenthesis of `(text)` or `(["text", "text"])`. */
function argumentsEnd(value: string, start: number): number | undefined {
  const first = skipSpaces(value, start);
  if (value[first] !== '[') {
    // The first character, whatever it is, already belongs to the text.
    return first < value.length ? textEnd(value, first + 1) : undefined;
  }
  return listEnd(value, first + 1);
}

/**
 * Envoy's parser has one state for the text of `(text)` and for the strings of a list: a quote in the former leads
 * into the list, and a closing parenthesis in the latter ends the arguments.
 */
function textEnd(value: string, start: number): number | undefined {
  for (let position = start; position < value.length; position += 1) {
    const character = value[position];
    if (character === '\\') position += 1;
    else if (character === ')') return position + 1;
    else if (character === '"') return afterString(value, position + 1);
  }
  return undefined;
}

function listEnd(value: string, start: number): number | undefined {
  const quote = skipSpaces(value, start);
  return value[quote] === '"' ? textEnd(value, quote + 1) : undefined;
}

function afterString(value: string, start: number): number | undefined {
  const next = skipSpaces(value, start);
  if (value[next] === ',') return listEnd(value, next + 1);
  if (value[next] !== ']') return undefined;
  const close = skipSpaces(value, next + 1);
  return value[close] === ')' ? close + 1 : undefined;
}

function closingPercent(value: string, start: number): number | undefined {
  const percent = skipSpaces(value, start);
  return value[percent] === '%' ? percent + 1 : undefined;
}

function skipSpaces(value: string, start: number): number {
  let position = start;
  while (value[position] === ' ') position += 1;
  return position;
}
