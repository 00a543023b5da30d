/* Peterson's lock for N threads, in N - 1 rounds. What needs no step of its own is in the next one's guard. */
byte level[N];
byte last[N];

active [N] proctype P() {
  byte k = 1, j;
first:
  if
  :: d_step { level[_pid] = k }
  fi;
second:
  if
  :: d_step { last[k] = _pid; j = (_pid == 0 -> 1 : 0) }
  fi;
others:
  if
  :: d_step { j < N && (level[j] < k || last[k] != _pid) -> j++; if :: j == _pid -> j++ :: else fi };
     goto others
  :: d_step { j >= N && k < N - 1 -> k++; j = 0; level[_pid] = k };
     goto second
  :: d_step { j >= N && k == N - 1 -> k = 1; j = 0; level[_pid] = 0 };
     goto first
  fi
}
