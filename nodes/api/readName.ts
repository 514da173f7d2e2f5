/**
 * A name as people read it: without blanks around it, and with composed letters, so that “é” is
 * equal to “e” with an accent.
 */
export const readName = (name: string): string => name.trim().normalize('NFC');

/** The same for names that differ by case only. */
export const foldedName = (name: string): string => readName(name).toLowerCase().normalize('NFC');
