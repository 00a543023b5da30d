// Writes docs/kernel-profiles.md anew: `pnpm kernel-profiles`. A test compares it with what this would write.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { families } from './kernel-profiles/family.ts';
import { profilesPage } from './kernel-profiles/profiles-page.ts';
import { readProfiles } from './kernel-profiles/read-profiles.ts';

const root = resolve(import.meta.dirname, '..');
const profiles = readProfiles(root);
writeFileSync(resolve(root, 'docs/kernel-profiles.md'), profilesPage(families(profiles)));
console.log(`docs/kernel-profiles.md: ${profiles.length} cores and drivers`);
