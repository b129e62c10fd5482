/** Returns true for Slack's own webhooks. Mattermost, Rocket.Chat and others read Markdown. */
export function isSlack({ hostname }: URL): boolean {
  return hostname === "slack.com" || hostname.endsWith(".slack.com");
}

/** Converts our Markdown to Slack's: one star for bold, no escapes. */
export function slackText(markdown: string): string {
  return markdown.replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, "*$1*").replace(/\\([\\`*_~[\]#|])/g, "$1");
}
