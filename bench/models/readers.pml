/* One thread writes x, N threads read it and keep what they saw. */
byte x;
bit got[N];

active [N] proctype Reader() {
  got[_pid] = x;
end: false
}

active proctype Writer() {
  x = 1;
end: false
}
