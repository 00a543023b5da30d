// Writes docs/claims.md anew: `pnpm claims`. A test compares it with what this would write.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { claimsPage } from './claims/claims-page.ts';
import { readClaims } from './claims/read-claims.ts';

const root = resolve(import.meta.dirname, '..');
const claims = readClaims(root);
writeFileSync(resolve(root, 'docs/claims.md'), claimsPage(claims));
console.log(`docs/claims.md: ${claims.length} claims and bugs`);
