const secretName =
  /key(?!word)|token|secret|passw|^pass$|pwd|auth|signature|^sig$|credential|session|jwt|^code$|^access$|^k$|^sas$|^cl[eé]f?$|cl[eé]f?[_-]?api|api[_-]?cl[eé]|jeton|mot[_-]?de[_-]?passe|^mdp$/i;

/** Returns true if a query parameter or header with this name usually contains a secret. */
export function namesSecret(name: string): boolean {
  return secretName.test(name) || /cookie/i.test(name);
}

/** Returns an address that is safe to show, store and log: without credentials and fragment, and with `***` for secrets in the query. */
export function shownAddress(address: URL | string): string {
  const text = String(address);
  if (!URL.canParse(text)) return "(unreadable address)";
  const url = new URL(text);
  url.username = "";
  url.password = "";
  url.hash = "";
  const query = url.search.slice(1);
  url.search = query
    .split("&")
    .map((piece) => {
      const name = piece.split("=", 1)[0] ?? "";
      return piece.includes("=") && namesSecret(decoded(name)) ? `${name}=***` : piece;
    })
    .join("&");
  return url.href;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a stray % in a query is legal and common
  }
}
