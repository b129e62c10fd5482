/** A call of a function of the connector kit. It is a class, so that data of a publisher can never be taken for code. */
export class Call {
  constructor(
    readonly call: string,
    readonly args: readonly Code[],
  ) {}
}
/** Code of a connector: data, calls, and lists and objects that contain them. The key `...` spreads its value. */
export type Code = string | number | boolean | null | Call | readonly Code[] | { readonly [key: string]: Code | undefined };

const lineWidth = 140;

/** Formats code as Biome does. `column`: where the code starts. `after`: number of characters that follow on its last line. */
export function writeCode(code: Code, indent: number, column: number, after: number): string {
  const flat = flatCode(code);
  if (flat !== null && column + flat.length + after <= lineWidth) return flat;
  if (code instanceof Call) return brokenCall(code, indent, column);
  if (Array.isArray(code)) return brokenList(code, indent);
  if (typeof code === "object" && code !== null) return brokenObject(code as Readonly<Record<string, Code | undefined>>, indent);
  return flat ?? "";
}

/** Returns a string literal, in the quotes that need fewer escapes. Escapes invisible characters. */
export function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replace(unseen, escapeOf);
  const doubles = text.split('"').length - 1;
  const singles = text.split("'").length - 1;
  if (doubles <= singles) return `"${escaped}"`;
  return `'${escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Invisible characters, and spaces other than the usual one. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|(?! )\p{Zs}/gu;

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

/** Returns the code on one line, or null if it needs several lines. */
function flatCode(code: Code): string | null {
  if (typeof code === "string") return quoted(code);
  if (typeof code !== "object" || code === null) return String(code);
  if (code instanceof Call) {
    const args = code.args.map(flatCode);
    return args.includes(null) ? null : `${code.call}(${args.join(", ")})`;
  }
  if (Array.isArray(code)) {
    const members = code.map(flatCode);
    return members.includes(null) || mustBreak(code) ? null : `[${members.join(", ")}]`;
  }
  const members = membersOf(code as Readonly<Record<string, Code | undefined>>).map(([key, value]) => {
    const flat = flatCode(value);
    return flat === null ? null : key === "..." ? `...${flat}` : `${keyOf(key)}: ${flat}`;
  });
  return members.includes(null) ? null : members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** Returns true for a list of several objects or lists that have several members each. Biome breaks it even if it fits. */
function mustBreak(list: readonly Code[]): boolean {
  const size = (member: Code) => (Array.isArray(member) ? member.length : Object.keys(member as object).length);
  const areAll = (is: (member: Code) => boolean) => list.length > 1 && list.every((member) => is(member) && size(member) > 1);
  return (
    areAll(Array.isArray) ||
    areAll((member) => typeof member === "object" && member !== null && !Array.isArray(member) && !(member instanceof Call))
  );
}

function brokenCall({ call, args }: Call, indent: number, column: number): string {
  const before = args.slice(0, -1);
  const last = args.at(-1);
  if (last === undefined) return `${call}()`;
  const flatBefore = before.map(flatCode);
  const head = `${call}(${flatBefore.map((arg) => `${arg}, `).join("")}`;
  const isHugged =
    isHuggable(last) && !flatBefore.includes(null) && kindOf(before.at(-1)) !== kindOf(last) && column + head.length + 1 <= lineWidth;
  if (isHugged) return `${head}${brokenInside(last, indent)})`;
  const inner = indent + 2;
  const lines = args.map((arg) => `${" ".repeat(inner)}${writeCode(arg, inner, inner, 1)},\n`);
  return `${call}(\n${lines.join("")}${" ".repeat(indent)})`;
}

function brokenInside(code: Code, indent: number): string {
  return Array.isArray(code) ? brokenList(code, indent) : brokenObject(code as Readonly<Record<string, Code | undefined>>, indent);
}

/** Returns true if an argument may follow the opening parenthesis directly. Biome does not do this for lists of numbers. */
function isHuggable(code: Code): boolean {
  if (typeof code !== "object" || code === null || code instanceof Call) return false;
  return Array.isArray(code) ? code.some((member) => typeof member !== "number") : Object.keys(code).length > 0;
}

function kindOf(code: Code | undefined): string {
  if (code === undefined) return "nothing";
  return Array.isArray(code) ? "list" : code instanceof Call ? "call" : typeof code;
}

function brokenList(list: readonly Code[], indent: number): string {
  const inner = indent + 2;
  const lines = list.map((member) => `${" ".repeat(inner)}${writeCode(member, inner, inner, 1)},\n`);
  return `[\n${lines.join("")}${" ".repeat(indent)}]`;
}

function brokenObject(object: Readonly<Record<string, Code | undefined>>, indent: number): string {
  const inner = indent + 2;
  const lines = membersOf(object).map(([key, value]) => {
    const head = `${" ".repeat(inner)}${key === "..." ? "..." : `${keyOf(key)}: `}`;
    const flat = typeof value === "string" ? quoted(value) : null;
    // A text that does not fit after its key goes on the next line.
    if (flat !== null && head.length + flat.length + 1 > lineWidth) return `${head.trimEnd()}\n${" ".repeat(inner + 2)}${flat},\n`;
    return `${head}${writeCode(value, inner, head.length, 1)},\n`;
  });
  return `{\n${lines.join("")}${" ".repeat(indent)}}`;
}

function membersOf(object: Readonly<Record<string, Code | undefined>>): [string, Code][] {
  return Object.entries(object).filter((member): member is [string, Code] => member[1] !== undefined);
}

function keyOf(key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : quoted(key);
}
