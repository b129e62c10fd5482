import { seeded } from "../support/seeded.ts";
import type { RawRequest } from "../support/server-process.ts";

/** A request, and its hostile part. */
export interface HostileRequest extends RawRequest {
  readonly what: string;
}

/** An address of a route, with the names that it is known to read. */
export interface Target {
  readonly method: "GET" | "POST";
  /** Path, possibly with a query. */
  readonly path: string;
  /** Parameters of the query, or fields of the form. */
  readonly names: readonly string[];
  /** Headers of every request, such as the session. */
  readonly headers: Readonly<Record<string, string>>;
  /** Form token. */
  readonly csrf?: string;
}

/** Names that every JavaScript object has. */
const prototypeNames = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"] as const;

/** Values that no parameter expects. Characters are encoded when they are sent. */
const values: readonly string[] = [
  ...prototypeNames,
  "",
  " ",
  "\u0000",
  "\u0001\u001b[31m\r\nset-cookie: a=b",
  "\u202e\ufeff\u2028",
  "-1",
  "0",
  "1e999",
  "NaN",
  "9".repeat(40),
  "٣",
  "2026-99-99",
  "0000-00-00T00:00:00Z",
  "null",
  "[]",
  '{"a":{"b":1}}',
  "'; drop table aids; --",
  "%00%ff%",
  "*&|!:<->()'\\",
  "<script>alert(1)</script>",
  "../../../etc/passwd",
  "file:///etc/passwd",
  "http://[::1]:1/",
  "00000000-0000-4000-8000-000000000000",
  "a,".repeat(150),
  "é".repeat(1500),
];
const long = "z".repeat(60_000);

/** Headers that servers read, with odd values. */
const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  { host: "constructor" },
  { host: "evil.example:99999" },
  { host: "[::1" },
  { "x-forwarded-for": "constructor, ::ffff:999.1.1.1, , %%%" },
  { "x-forwarded-for": "1,".repeat(3000) },
  { cookie: "moisson-session=constructor; moisson-said=%E0%A4%A; moisson-device=__proto__; =; ;;" },
  { cookie: `moisson-said=${"%F0%9F%98%80".repeat(900)}` },
  { "if-none-match": `W/"x", *, "${"y".repeat(5000)}", W/` },
  { "if-modified-since": "Thu, 99 Foo 99999 99:99:99 GMT" },
  { "accept-language": `fr;q=constructor,${"x-a;q=0.1,".repeat(500)}*` },
  { "accept-encoding": "gzip;q=NaN, constructor, *;q=2, br" },
  { accept: "constructor/*;q=__proto__" },
  { range: "bytes=0-0,5-1,-1,9999999999999999999-" },
  { range: "constructor=1-" },
  { referer: "http://[" },
  { authorization: "Bearer constructor.__proto__.toString" },
  { authorization: `Bearer ${"a".repeat(8000)}` },
  { "x-auth-token": "__proto__" },
  { "x-live": "constructor", "sec-fetch-site": "same-origin" },
  { expect: "100-continue" },
];

/** Returns the hostile requests to a target: the same for the same seed. */
export function hostileRequests(target: Target, seed: number): HostileRequest[] {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  return [
    ...(target.method === "GET" ? queries(target, pick) : forms(target, pick)),
    { ...base(target), headers: { ...target.headers, ...pick(oddHeaders) }, what: "odd header" },
    { ...base(target), headers: { ...target.headers, ...pick(oddHeaders), ...pick(oddHeaders) }, what: "odd headers" },
  ];
}

/** Returns the requests with odd headers, one for each. */
export function allOddHeaders(target: Target): HostileRequest[] {
  return oddHeaders.map((odd) => ({ ...base(target), headers: { ...target.headers, ...odd }, what: JSON.stringify(odd).slice(0, 200) }));
}

type Pick = <T>(from: readonly T[]) => T;

function base({ method, path, headers, csrf }: Target): RawRequest {
  if (method === "GET") return { method, path, headers };
  return { method, path, headers: { ...headers, ...urlencoded }, body: `jeton=${csrf ?? ""}` };
}

const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

function queries(target: Target, pick: Pick): HostileRequest[] {
  const { names } = target;
  const known = names.length === 0 ? ["page"] : names;
  const ask = (what: string, query: string): HostileRequest => {
    const path = `${target.path}${target.path.includes("?") ? "&" : "?"}${query}`;
    return { ...base({ ...target, path }), what: `${what}: ${query.slice(0, 300)}` };
  };
  const pair = (name: string, value: string) => `${encoded(name)}=${encoded(value)}`;
  return [
    ask("unknown names", prototypeNames.map((name) => pair(name, pick(values))).join("&")),
    ...known.flatMap((name) => [
      ...prototypeNames.slice(0, 3).map((value) => ask("prototype name", pair(name, value))),
      ask("value", pair(name, pick(values))),
      ask("value", pair(name, pick(values))),
      ask("repeated", [pick(values), pick(values), pick(values)].map((value) => pair(name, value)).join("&")),
      ask("as a list", `${pair(`${name}[]`, pick(values))}&${pair(`${name}[__proto__]`, pick(values))}&${pair(`${name}[0][a]`, "1")}`),
      ask("long", pair(name, long.slice(0, 7000))),
    ]),
    ask("all at once", known.map((name) => pair(name, pick(values))).join("&")),
    ask("not encoded", `${pick(known)}=%&${pick(known)}=%zz&%ff=%fe&${pick(known)}=%ED%A0%80&&=&==`),
    ask("many", `${pick(known)}=1&`.repeat(400)),
  ];
}

function forms(target: Target, pick: Pick): HostileRequest[] {
  const { names, path, headers, csrf = "" } = target;
  const known = names.length === 0 ? ["nom"] : names;
  const send = (what: string, body: string, type: string = urlencoded["content-type"]): HostileRequest => ({
    method: "POST",
    path,
    headers: { ...headers, "content-type": type },
    body,
    what: `${what}: ${body.slice(0, 300)}`,
  });
  const fields = (pairs: readonly (readonly [string, string])[]) =>
    [["jeton", csrf] as const, ...pairs].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join("&");
  const parts = (pairs: readonly (readonly [string, string])[]) =>
    `${[["jeton", csrf] as const, ...pairs].map(([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--b--\r\n`;
  const multipart = "multipart/form-data; boundary=b";
  const random = () => known.map((name) => [name, pick(values)] as const);
  const file = `--b\r\ncontent-disposition: form-data; name="jeton"\r\n\r\n${csrf}\r\n--b\r\ncontent-disposition: form-data; name="${pick(known)}"; filename="../../x\u0000.csv"\r\ncontent-type: constructor/__proto__\r\n\r\nid;titre\r\n--b--\r\n`;
  return [
    send("unknown names", fields(prototypeNames.map((name) => [name, pick(values)]))),
    ...prototypeNames.slice(0, 3).map((value) => send("prototype name", fields(known.map((name) => [name, value])))),
    send("values", fields(random())),
    send("values", fields(random())),
    send("values, as parts", parts(random()), multipart),
    send("repeated", fields([...random(), ...random(), ...random()])),
    send("long", fields(known.map((name) => [name, long]))),
    send("a file where a text is expected", file, multipart),
    send("many parts", parts(Array.from({ length: 5000 }, () => ["a", ""] as const)), multipart),
    send("many fields", `jeton=${csrf}&${"a&".repeat(100_000)}`),
    send("cut off", parts(random()).slice(0, -12), multipart),
    send("without boundary", parts(random()), "multipart/form-data"),
    send("json", '{"__proto__":{"a":1}}', "application/json"),
    send("no type", fields(random()), "constructor"),
    send("empty", ""),
  ];
}

function encoded(text: string): string {
  return encodeURIComponent(text);
}
