/* Peterson's algorithm for N threads, with the steps of BEEM's model: a thread's `level` and `next` keep their values. */
byte pos[N];
byte step[N];

active [N] proctype P() {
  byte level, next;
  do
  :: level = 1;
wait:
     if
     :: d_step { level < N -> pos[_pid] = level };
        d_step { step[level - 1] = _pid; next = 0 };
scan:
        if
        :: d_step { next < N && (next == _pid || pos[next] < level) -> next++ }; goto scan
        :: d_step { (next == N || step[level - 1] != _pid) -> level++ }; goto wait
        fi
     :: level == N
     fi;
     pos[_pid] = 0
  od
}
