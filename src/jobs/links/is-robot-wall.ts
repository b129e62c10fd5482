/** Headers of robot walls. */
const wallHeaders: Readonly<Record<string, RegExp>> = {
  "cf-mitigated": /challenge/i,
  "x-amzn-waf-action": /challenge|captcha/i,
  "x-vercel-mitigated": /challenge|deny/i,
  "sg-captcha": /./,
  "x-datadome": /protected/i,
};

/** Titles of robot walls. */
const wallTitle =
  /just a moment|un instant|attention required|checking your browser|verify(?:ing)? you are human|making sure you're not a bot|are you a (?:robot|human)|n['’](?:êtes|etes) pas un robot|êtes-vous un robot|robot check|captcha|access denied|accès (?:refusé|interdit)|request rejected|security check|vérification de (?:la )?sécurité|ddos-guard/i;

/** Marks of a wall's page; pages behind a wall may contain its scripts too. */
const wallMark =
  /_cf_chl_opt|cf-browser-verification|geo\.captcha-delivery\.com|id="px-captcha"|Incapsula incident ID|sucuri_cloudproxy_js|anubis_challenge|id="challenge-form"|\/\.well-known\/sgcaptcha\//i;

const absentTitle =
  /\b404\b|(?:page|contenu|ressource)\s+(?:non[ -]trouvée?|introuvable|inexistante?)|page (?:n['’]existe pas|n['’]a pas été trouvée)|page not found|not found$/i;

/** Returns true if an answer comes from a protection against robots, whatever its status. `html`: beginning of the page. */
export function isRobotWall(headers: Readonly<Record<string, string>>, html: string): boolean {
  for (const [name, mark] of Object.entries(wallHeaders)) if (mark.test(headers[name] ?? "")) return true;
  return wallTitle.test(titleOf(html)) || wallMark.test(html);
}

/** Returns true if a page's title says "not found". */
export function saysNotFound(html: string): boolean {
  return absentTitle.test(titleOf(html));
}

/** Decodes the entities of apostrophes and accents only; others are rare in titles. */
function titleOf(html: string): string {
  const title = /<title\b[^>]*>([^<]{0,300})/i.exec(html)?.[1] ?? "";
  return title
    .replace(/&(?:#0*39|apos|rsquo|#8217);/g, "'")
    .replace(/&eacute;/g, "é")
    .replace(/\s+/g, " ")
    .trim();
}
