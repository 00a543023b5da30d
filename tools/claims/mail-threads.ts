// SPDX-License-Identifier: MIT
/** The mail threads that claims.md has a section for, told apart by the month in which a mail was sent. */

/** One section: its heading, and the months of the mails in it. */
export interface MailThread {
  readonly title: string;
  readonly about: string;
  readonly months: readonly string[];
}

// table
/** In the order of the page; what fits none of them goes into a last section. */
export const mailThreads: readonly MailThread[] = [
  {
    title: 'nouveau and mmap_sem, July 2019',
    about:
      '[hmm_range_fault related fixes and legacy API removal v2](https://lore.kernel.org/linux-mm/20190722094426.18563-1-hch@lst.de/), Christoph Hellwig',
    months: ['July 2019'],
  },
  {
    title: 'The range API of HMM, March 2019',
    about:
      '[mm/hmm: improve driver API to work and wait over a range v2](https://lore.kernel.org/linux-mm/20190325144011.10560-7-jglisse@redhat.com/), Jérôme Glisse',
    months: ['March 2019', 'April 2019'],
  },
  {
    title: 'Lifetimes in HMM, June 2019',
    about:
      '[Various revisions from a locking/code review](https://lore.kernel.org/linux-mm/20190606184438.31646-1-jgg@ziepe.ca/), Jason Gunthorpe',
    months: ['June 2019'],
  },
  {
    title: 'i915 userptr, November 2018',
    about: 'drm/i915/userptr: Avoid struct_mutex recursion, Chris Wilson and Tvrtko Ursulin',
    months: ['November 2018'],
  },
  {
    title: 'vfio-pci and memory_lock, May 2020',
    about: 'vfio-pci: Block user access to disabled device MMIO, Alex Williamson',
    months: ['May 2020'],
  },
];

/** The thread that a `Who:` paragraph belongs to, or null. */
export function mailThreadOf(who: string): MailThread | null {
  return mailThreads.find(({ months }) => months.some((month) => who.includes(month))) ?? null;
}
