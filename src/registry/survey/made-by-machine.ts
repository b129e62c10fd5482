/** "Sy2cc9WqE", a hash: no person gave it, and whoever enters the aid again gets another. UUIDs are made to last. */
export function isMadeByMachine(value: string): boolean {
  if (/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(value)) return false;
  return /^[\w-]{6,}$/.test(value) && /\d/.test(value) && /[a-z]/.test(value) && (/[A-Z]/.test(value) || /^[\da-f]{16,}$/.test(value));
}
