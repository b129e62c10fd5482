import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** A site's answer at a path: records as JSON by default. */
interface SiteAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly records?: readonly unknown[];
  readonly text?: string;
}

/** A publisher's site on the loopback interface. It answers any number of requests and can delay them. */
export interface PublisherSite {
  readonly host: string;
  readonly origin: string;
  /** Requested paths, in order. */
  readonly requestedPaths: readonly string[];
  /** Maximum number of simultaneous answers. */
  readonly maxAtOnce: number;
  /** Number of waiting requests. */
  readonly waiting: number;
  answer(path: string, answer: SiteAnswer): void;
  /** Delays all requests from now on. Returns a function that releases them and later ones. */
  hold(path?: string): () => void;
}

const twoAids = [
  { id: "1", titre: "Aide à la rénovation" },
  { id: "2", titre: "Prêt aux communes" },
];

/** Starts a site for the length of a test. */
export async function publisherSite(): Promise<PublisherSite> {
  const answers = new Map<string, SiteAnswer>();
  const gates = new Map<string, Promise<void>>();
  const state = { requestedPaths: [] as string[], maxAtOnce: 0, waiting: 0 };
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    state.requestedPaths.push(path);
    state.waiting++;
    state.maxAtOnce = Math.max(state.maxAtOnce, state.waiting);
    response.once("close", () => state.waiting--);
    await (gates.get(path) ?? gates.get("*"));
    send(response, answers.get(path) ?? {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    host,
    origin: `http://${host}`,
    requestedPaths: state.requestedPaths,
    get maxAtOnce() {
      return state.maxAtOnce;
    },
    get waiting() {
      return state.waiting;
    },
    answer: (path, answer) => void answers.set(path, answer),
    hold: (path = "*") => {
      let open: () => void = () => undefined;
      gates.set(path, new Promise<void>((go) => (open = go)));
      return () => {
        gates.delete(path);
        open();
      };
    },
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, records = twoAids, text }: SiteAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text ?? JSON.stringify(records));
}
