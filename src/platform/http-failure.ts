/** Reason why the answer is missing or incomplete. */
export type HttpFailureKind =
  | "timed-out"
  /** DNS, a refused or broken connection, or an answer that is not HTTP. */
  | "connection-failed"
  /** The certificate is invalid, or the handshake failed. */
  | "tls-failed"
  /** The body is truncated. */
  | "body-cut-short"
  /** The address is not public, or neither http nor https. */
  | "address-refused"
  | "too-many-redirects"
  /** A Content-Encoding that we did not accept. */
  | "unknown-encoding"
  /** The body does not match its Content-Encoding. */
  | "broken-encoding";

/** Error of the HTTP client. `params` contain no secrets, so they can be shown: `url`, `host`, `reason`. */
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

const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|EPROTO$)/;
const zlibCode = /^(Z_|ERR__|ERR_BROTLI|ERR_PADDING)/;

/**
 * Converts errors of HTTP, TLS, DNS or zlib, which have codes in upper case, to `HttpFailure`. Returns other errors unchanged. `during`
 * says which part of the answer was being read.
 */
export function httpFailureOf(error: unknown, url: string, during: "head" | "body"): unknown {
  const code = codeOf(error);
  if (!/^[A-Z]/.test(code) || code.startsWith("ERR_INVALID_")) return error;
  return new HttpFailure(kindOf(code, during), { url, reason: code }, { cause: error });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return "";
  return error.code.startsWith("HPE_") ? "NOT_HTTP" : error.code; // HPE: Node's parser of HTTP
}

function kindOf(code: string, during: "head" | "body"): HttpFailureKind {
  if (code === "ETIMEDOUT") return "timed-out";
  if (tlsCode.test(code)) return "tls-failed";
  if (during === "head") return "connection-failed";
  if (code !== "Z_BUF_ERROR" && zlibCode.test(code)) return "broken-encoding";
  return "body-cut-short"; // Z_BUF_ERROR is zlib's "unexpected end of file"
}
