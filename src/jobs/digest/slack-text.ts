/** True where a webhook is Slack's own; Mattermost, Rocket.Chat and the others read Markdown. */
export function isSlack({ hostname }: URL): boolean {
  return hostname === "slack.com" || hostname.endsWith(".slack.com");
}

/** Our Markdown as Slack writes it: one star for bold, no escapes. */
export function slackText(markdown: string): string {
  return markdown.replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, "*$1*").replace(/\\([\\`*_~[\]#|])/g, "$1");
}
