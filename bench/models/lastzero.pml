/* N threads each write one more than their left neighbour's cell; one looks for the last zero, downwards. */
byte a[N + 1];

active [N] proctype Writer() {
  byte t;
  t = a[_pid];
  d_step { a[_pid + 1] = t + 1; t = 0 };
end: false
}

active proctype Reader() {
  byte i = N;
  do
  :: d_step { a[i] != 0 -> i-- }
  :: a[i] == 0 -> break
  od;
end: false
}
