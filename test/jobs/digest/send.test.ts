import { describe, expect, it } from "vitest";
import { readDigestSettings } from "../../../src/jobs/digest/digest-settings.ts";
import { isSlack, sendByMail, sendByWebhook, slackText } from "../../../src/jobs/digest/send-digest.ts";
import { sendMail } from "../../../src/platform/mail/send-mail.ts";
import { chatServer } from "./chat-server.ts";
import { mailServer } from "./mail-server.ts";

const now = new Date("2026-11-25T05:30:00Z");
const letter = {
  digestId: "22222222-0000-4000-8000-000000000000",
  subject: "Page du matin",
  text: "Rien à signaler.",
  html: "<p>Rien à signaler.</p>",
};
const forEver = new AbortController().signal;

function mailSettings(url: string) {
  const environment = { MOISSON_SMTP_URL: url, MOISSON_DIGEST_FROM: "moisson@example.org", MOISSON_DIGEST_TO: "ops@example.org" };
  const { mail } = readDigestSettings(environment);
  if (mail === null) throw new Error("no mail");
  return mail;
}

describe("mail", () => {
  it("is marked as automatic, in French, and keeps its id when sent again", async () => {
    const server = await mailServer();
    const settings = mailSettings(server.url());
    expect(await sendByMail(settings, letter, now, forEver)).toEqual({ reached: true, failure: null });
    const [mail] = server.mails;
    expect(mail?.messageId).toBe(`<${letter.digestId}@example.org>`);
    expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail?.headers.get("content-language")).toBe("fr");
  });

  it("gives up on a silent server", async () => {
    const server = await mailServer({ isSilent: true });
    const failure = { channel: "mail", code: "timed-out", status: null, at: now.toISOString() };
    expect(await sendByMail(mailSettings(server.url()), letter, now, forEver, 100)).toEqual({ reached: false, failure });
  });

  it("reports an unknown result if the server has the complete mail and does not answer; else reports it as not sent", async () => {
    const { to: _, ...settings } = mailSettings((await mailServer({ takesAfter: new Promise(() => undefined) })).url());
    const mail = { messageId: "x", to: ["ops@example.org"], subject: "Page", text: "Rien.", headers: {} };
    const timedOut = { reached: false, code: "timed-out", status: null };
    expect(await sendMail(settings, mail, forEver, 300)).toEqual({ ...timedOut, isUncertain: true });
    const silent = await mailServer({ isSilent: true });
    expect(await sendMail({ ...settings, port: silent.port }, mail, forEver, 300)).toEqual({ ...timedOut, isUncertain: false });
    const strict = await mailServer({ refuses: ["ops@example.org"] });
    const refused = await sendMail({ ...settings, port: strict.port }, mail, forEver);
    expect(refused).toMatchObject({ reached: false, code: "message-refused", isUncertain: false });
  });

  it("sends no password to a remote server without encryption", async () => {
    const server = await mailServer();
    // An unusual name of this machine.
    const settings = { ...mailSettings(server.url()), host: "0.0.0.0" };
    expect(await sendByMail(settings, letter, now, forEver)).toMatchObject({ reached: false, failure: { code: "tls-refused" } });
    expect(server.mails).toEqual([]);
  });

  it("is cancelled when the worker stops", async () => {
    const server = await mailServer({ isSilent: true });
    expect(await sendByMail(mailSettings(server.url()), letter, now, AbortSignal.abort())).toMatchObject({ reached: false });
  });
});

describe("webhook", () => {
  it.each([
    [[200], null],
    [[404], { code: "answered", status: 404 }],
    [[500], { code: "answered", status: 500 }],
    [[302], { code: "redirected", status: 302 }],
  ] as const)("answered %o", async (answers, failure) => {
    const chat = await chatServer(answers);
    const sent = await sendByWebhook(new URL(chat.url), "bonjour", now, forEver);
    if (failure === null) expect(sent).toBeNull();
    else expect(sent).toEqual({ channel: "webhook", ...failure, at: now.toISOString() });
    expect(chat.posts).toMatchObject([{ text: "bonjour" }]);
  });

  it("gives up on a silent server", async () => {
    const chat = await chatServer(["silent"]);
    expect(await sendByWebhook(new URL(chat.url), "bonjour", now, forEver, 100)).toMatchObject({ code: "timed-out" });
  });

  it("uses Slack's format for Slack", () => {
    expect([isSlack(new URL("https://hooks.slack.com/services/x")), isSlack(new URL("https://slack.com.example.org/x"))]).toEqual([
      true,
      false,
    ]);
    expect(slackText("**Deux (2)**\n- **d\\_x \\* y**")).toBe("*Deux (2)*\n- *d_x * y*");
  });
});
