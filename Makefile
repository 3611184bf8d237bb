# Aliases; a bare system has `sh` but no `make`.
.PHONY: run test lock
run:
	sh scripts/run
test:
	sh scripts/test
lock:
	sh scripts/lock
