import type { AddressInfo, Socket } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** An SMTP server on 127.0.0.1 that accepts mail from one user. */
export interface MailServer {
  readonly port: number;
  /** Returns `smtp://user:password@127.0.0.1:port`, with its own password or another one. */
  url(password?: string): string;
  readonly mails: readonly ParsedMail[];
}

/** Its user's password. An address must escape these characters, so a wrong parser is noticed. */
export const mailPassword = "s3cret@/:é";

/** Differences from a server that accepts all mail at once. */
interface MailServerGiven {
  /** Refused recipients. */
  readonly refuses?: readonly string[];
  /** Never sends anything. */
  readonly isSilent?: true;
  /** Acknowledges a complete mail only after this has settled. */
  readonly takesAfter?: Promise<unknown>;
  /** Closes the connection after a complete mail, without an answer. */
  readonly diesWithMail?: true;
}

/** Starts a server for the length of a test. */
export async function mailServer(options: MailServerGiven = {}): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    allowInsecureAuth: true,
    closeTimeout: 50,
    disabledCommands: ["STARTTLS"],
    onConnect: (_, go) => {
      if (!options.isSilent) go();
    },
    onAuth: ({ username, password }, _, done) => {
      if (username === "digest" && password === mailPassword) done(null, { user: username });
      else done(new Error(`no entry for ${username} with ${password}`));
    },
    onRcptTo: ({ address }, _, done) => done(options.refuses?.includes(address) ? new Error("no such mailbox") : null),
    onData: (stream, _, done) => {
      simpleParser(stream).then(async (mail) => {
        mails.push(mail);
        await options.takesAfter;
        if (options.diesWithMail) for (const socket of sockets) socket.destroy();
        else done();
      }, done);
    },
  });
  server.server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, url: (password = mailPassword) => `smtp://digest:${encodeURIComponent(password)}@127.0.0.1:${port}` };
}
