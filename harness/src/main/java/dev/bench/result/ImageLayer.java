package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Describes one layer of an image.
 *
 * @param instruction what made it, as the image's history says; empty where that does not
 * @param bytes size of its files, each that it holds counted whole
 * @param files number of its files, directories and whiteouts left out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ImageLayer(String instruction, long bytes, int files) {}
