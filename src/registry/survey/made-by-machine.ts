/** Recognises codes such as "Sy2cc9WqE" or a hash, which change when the aid is entered again. UUIDs are permanent and do not count. */
export function isMadeByMachine(value: string): boolean {
  if (/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(value)) return false;
  return /^[\w-]{6,}$/.test(value) && /\d/.test(value) && /[a-z]/.test(value) && (/[A-Z]/.test(value) || /^[\da-f]{16,}$/.test(value));
}
