/** Why no answer, or no whole answer, came. */
export type HttpFailureKind =
  /** The time for the answer is over. */
  | "timed-out"
  /** DNS, a refused or broken connection, an answer that is not HTTP. */
  | "connection-failed"
  /** Certificate or handshake. */
  | "tls-failed"
  /** The body ended before its end. */
  | "body-cut-short"
  /** The address is not public, or not http(s). */
  | "address-refused"
  | "too-many-redirects"
  /** A Content-Encoding that we did not ask for. */
  | "unknown-encoding"
  /** The body is not written in its Content-Encoding. */
  | "broken-encoding";

/** Thrown by the HTTP client. `params` are safe to show: `url`, `host`, `reason`, never a secret. */
export class HttpFailure extends Error {
  constructor(
    readonly kind: HttpFailureKind,
    readonly params: Readonly<Record<string, string | number>>,
    options?: { cause?: unknown },
  ) {
    super(`${kind} ${JSON.stringify(params)}`, options);
    this.name = "HttpFailure";
  }
}

const timeOuts = new Set(["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "ETIMEDOUT"]);
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|EPROTO$)/;
const zlibCode = /^(Z_|ERR__|ERR_BROTLI|ERR_PADDING)/;

/**
 * Names what undici, TLS, DNS or zlib threw while waiting for the head of an answer or reading its body. What is none of theirs (theirs have codes in
 * capitals) comes back as it is.
 */
export function httpFailureOf(error: unknown, url: string, during: "head" | "body"): unknown {
  const code = codeOf(error);
  if (!/^[A-Z]/.test(code) || code === "UND_ERR_INVALID_ARG") return error;
  return new HttpFailure(kindOf(code, during), { url, reason: code }, { cause: error });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.name === "HTTPParserError" ? "NOT_HTTP" : ""; // undici leaves out the code of some
}

function kindOf(code: string, during: "head" | "body"): HttpFailureKind {
  if (timeOuts.has(code)) return "timed-out";
  if (tlsCode.test(code)) return "tls-failed";
  if (during === "head") return "connection-failed";
  if (code !== "Z_BUF_ERROR" && zlibCode.test(code)) return "broken-encoding";
  return "body-cut-short"; // Z_BUF_ERROR is zlib's "unexpected end of file"
}
