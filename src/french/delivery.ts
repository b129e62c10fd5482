import type { DeliveryCode, DeliveryFailure, DigestChannel } from "../model/run/digest-delivery.ts";
import { french } from "./typography.ts";

/** The name of a channel. */
export const channelNames: Readonly<Record<DigestChannel, string>> = { mail: "courrier électronique", webhook: "messagerie d’équipe" };

const sentences: Readonly<Record<DeliveryCode, string>> = {
  "no-connection": "le serveur n’a pas pu être joint",
  "timed-out": "le serveur n’a pas répondu à temps",
  "login-refused": "le serveur a refusé l’identifiant ou le mot de passe",
  "tls-refused": "la connexion n’a pas pu être chiffrée",
  "message-refused": "le serveur a refusé le message, son expéditeur ou tous ses destinataires",
  "recipients-refused": "le serveur a refusé une partie des destinataires",
  answered: "le serveur a refusé le message",
  redirected: "le serveur renvoie à une autre adresse, qui n’est pas suivie",
  failed: "l’envoi a échoué",
};

/** The settings of a channel. */
export const settingsOfChannel: Readonly<Record<DigestChannel, string>> = {
  mail: "MOISSON_SMTP_URL, MOISSON_DIGEST_FROM et MOISSON_DIGEST_TO",
  webhook: "MOISSON_DIGEST_WEBHOOK",
};

/** Returns the name of a channel and why it failed, without capital or full stop. */
export function deliveryMessage({ channel, code, status }: DeliveryFailure): string {
  return french`${channelNames[channel]} : ${whyUnsent(code, status)}`;
}

/** Returns why a delivery failed, without capital or full stop. `status`: answer of the server, or null. */
export function whyUnsent(code: DeliveryCode, status: number | null): string {
  return french`${sentences[code]}${status === null ? "" : french` (réponse ${String(status)})`}`;
}
