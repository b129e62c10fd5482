import type { AddressInfo, Socket } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** An SMTP server on 127.0.0.1 that takes mail of one user. */
export interface MailServer {
  readonly port: number;
  /** `smtp://user:password@127.0.0.1:port`, with its own password or another one. */
  url(password?: string): string;
  readonly mails: readonly ParsedMail[];
}

/** Its user's password: characters that an address must not hold as they are, so that whoever reads it wrongly is found out. */
export const mailPassword = "s3cret@/:é";

/** How a server differs from one that takes all mail at once. */
interface MailServerGiven {
  /** Recipients that it does not take. */
  readonly refuses?: readonly string[];
  /** It never says a word. */
  readonly isSilent?: true;
  /** It takes a mail that it has whole only once this has settled. */
  readonly takesAfter?: Promise<unknown>;
  /** It is gone once it has a mail whole, without a word. */
  readonly diesWithMail?: true;
}

/** Starts one for the length of a test. */
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
