package dev.portolan.model;

/**
 * What happens to a container when memory runs short.
 *
 * @param swapBytes of memory and swap together; -1 for no limit, 0 for what the engine does by default
 * @param swappiness from 0 to 100; 0 also for what the engine does by default, as in Docker Compose
 * @param neverKilled whether the kernel pauses it where it would kill it
 * @param score from -1000 to 1000: the higher, the sooner it is killed
 */
public record MemoryPressure(long swapBytes, long swappiness, boolean neverKilled, int score) {}
