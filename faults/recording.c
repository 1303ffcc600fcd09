/* Stands before the system's own calls of SQLite: writes down, in one file, every change to the files of a
   database and every moment the disk was told to keep them. And, while a file named in FAULTS_FULL is there,
   the disk is full. Built and loaded by faults/disk.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, CUT = 3 };

static int which(int fd) { /* 0: none of ours, 1: the database, 2: its log of changes */
    char link[64], path[512];
    const char *ours = getenv("FAULTS_DATABASE");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0 || !ours) return 0;
    path[length] = 0;
    size_t own = strlen(ours);
    if (strncmp(path, ours, own)) return 0;
    if (!path[own]) return 1;
    return strcmp(path + own, "-wal") ? 0 : 2;
}

static void note(uint8_t what, uint8_t file, int64_t at, int64_t size, const void *bytes) {
    static int log = -1;
    const char *name = getenv("FAULTS_LOG");
    if (!name) return;
    if (log < 0) log = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    char head[18];
    head[0] = what, head[1] = file;
    memcpy(head + 2, &at, 8), memcpy(head + 10, &size, 8);
    (void)!write(log, head, 18);
    if (bytes) (void)!write(log, bytes, size);
}

static int full(void) {
    const char *flag = getenv("FAULTS_FULL");
    return flag && !access(flag, F_OK);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    int file = which(fd);
    if (file && full()) return errno = ENOSPC, -1;
    ssize_t done = real(fd, bytes, size, at);
    if (file && done > 0) note(WRITE, file, at, done, bytes);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { return pwrite64(fd, bytes, size, at); }

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    int done = real(fd), file = which(fd);
    if (file && !done) note(SYNC, file, 0, 0, NULL);
    return done;
}

int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    int done = real(fd), file = which(fd);
    if (file && !done) note(SYNC, file, 0, 0, NULL);
    return done;
}

int ftruncate64(int fd, off64_t size) {
    static int (*real)(int, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
    int file = which(fd), done = real(fd, size);
    if (file && !done) note(CUT, file, size, 0, NULL);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
