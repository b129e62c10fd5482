import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";

/** Connects to the server of an address, with TLS for https, and disconnects. Returns the code of the failure, or null. */
export function connectionProblem(url: URL, answerWithinMs: number): Promise<string | null> {
  const isTls = url.protocol === "https:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const place = { host, port: Number(url.port) || (isTls ? 443 : 80) };
  return new Promise((resolve) => {
    const socket = isTls ? connectTls({ ...place, ...(isIP(host) === 0 && { servername: host }) }) : connect(place);
    const end = (problem: string | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(answerWithinMs, () => end("ETIMEDOUT"));
    socket.once(isTls ? "secureConnect" : "connect", () => end(null));
    socket.once("error", (error) => end("code" in error ? String(error.code) : "failed"));
  });
}
