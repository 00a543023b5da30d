// SPDX-License-Identifier: MIT
/** Linux error numbers by name: include/uapi/asm-generic/errno-base.h, errno.h, include/linux/errno.h. */

// table
export const errnoNumbers: ReadonlyMap<string, number> = new Map([
  ['EPERM', 1],
  ['ENOENT', 2],
  ['ESRCH', 3],
  ['EINTR', 4],
  ['EIO', 5],
  ['ENXIO', 6],
  ['E2BIG', 7],
  ['EBADF', 9],
  ['ECHILD', 10],
  ['EAGAIN', 11],
  ['ENOMEM', 12],
  ['EACCES', 13],
  ['EFAULT', 14],
  ['EBUSY', 16],
  ['EEXIST', 17],
  ['EXDEV', 18],
  ['ENODEV', 19],
  ['EINVAL', 22],
  ['ENFILE', 23],
  ['EMFILE', 24],
  ['ENOSPC', 28],
  ['EPIPE', 32],
  ['EDOM', 33],
  ['ERANGE', 34],
  ['EDEADLK', 35],
  ['ENOSYS', 38],
  ['EOVERFLOW', 75],
  ['EOPNOTSUPP', 95],
  ['ENOTCONN', 107],
  ['ETIMEDOUT', 110],
  ['EALREADY', 114],
  ['EINPROGRESS', 115],
  ['ESTALE', 116],
  ['ECANCELED', 125],
  ['EHWPOISON', 133],
  ['ERESTARTSYS', 512],
]);

const names = new Map([...errnoNumbers].map(([name, number]) => [number, name]));

/** `-16` is `-EBUSY`; a number without a name is printed as it is. */
export function errnoName(value: number): string {
  const name = names.get(-value);
  return name === undefined ? String(value) : `-${name}`;
}
