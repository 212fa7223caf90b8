namespace Strata.Packages.Tests.Formats;

/// <summary>
/// What the SPDX specification, version 2.3, says of the objects that Strata writes: which properties there are, which have to be, and which
/// words they take. The official schema is in no package that can be fetched; each rule here is as strict or stricter, so what passes here passes there.
/// </summary>
internal static class SpdxRules
{
    public const string Schema = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "definitions": {
            "text": { "type": "string", "minLength": 1 },
            "id": { "type": "string", "pattern": "^SPDXRef-[A-Za-z0-9.-]+$" },
            "license": { "type": "string", "pattern": "^(NONE|NOASSERTION|[A-Za-z0-9.+()/: -]+)$" },
            "reference": {
              "type": "object",
              "properties": {
                "comment": { "$ref": "#/definitions/text" },
                "referenceCategory": { "enum": ["OTHER", "PERSISTENT-ID", "SECURITY", "PACKAGE-MANAGER"] },
                "referenceLocator": { "type": "string", "pattern": "^[^ ]+$" },
                "referenceType": { "$ref": "#/definitions/text" }
              },
              "required": ["referenceCategory", "referenceLocator", "referenceType"],
              "additionalProperties": false
            },
            "package": {
              "type": "object",
              "properties": {
                "SPDXID": { "$ref": "#/definitions/id" },
                "comment": { "$ref": "#/definitions/text" },
                "copyrightText": { "$ref": "#/definitions/text" },
                "downloadLocation": { "$ref": "#/definitions/text" },
                "externalRefs": { "type": "array", "items": { "$ref": "#/definitions/reference" } },
                "filesAnalyzed": { "type": "boolean" },
                "licenseComments": { "$ref": "#/definitions/text" },
                "licenseConcluded": { "$ref": "#/definitions/license" },
                "licenseDeclared": { "$ref": "#/definitions/license" },
                "name": { "$ref": "#/definitions/text" },
                "primaryPackagePurpose": { "enum": ["APPLICATION", "CONTAINER", "FILE", "LIBRARY", "OPERATING_SYSTEM", "OTHER"] },
                "sourceInfo": { "$ref": "#/definitions/text" },
                "supplier": { "type": "string", "pattern": "^(NOASSERTION|(Person|Organization): .+)$" },
                "versionInfo": { "$ref": "#/definitions/text" }
              },
              "required": ["SPDXID", "downloadLocation", "name"],
              "additionalProperties": false
            }
          },
          "type": "object",
          "properties": {
            "SPDXID": { "const": "SPDXRef-DOCUMENT" },
            "spdxVersion": { "const": "SPDX-2.3" },
            "dataLicense": { "const": "CC0-1.0" },
            "name": { "$ref": "#/definitions/text" },
            "documentNamespace": { "type": "string", "pattern": "^[a-z]+:[^# ]+$" },
            "creationInfo": {
              "type": "object",
              "properties": {
                "created": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$" },
                "creators": { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "^(Person|Organization|Tool): .+$" } }
              },
              "required": ["created", "creators"],
              "additionalProperties": false
            },
            "packages": { "type": "array", "items": { "$ref": "#/definitions/package" } },
            "hasExtractedLicensingInfos": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "licenseId": { "type": "string", "pattern": "^LicenseRef-[A-Za-z0-9.-]+$" },
                  "extractedText": { "$ref": "#/definitions/text" },
                  "name": { "$ref": "#/definitions/text" }
                },
                "required": ["extractedText", "licenseId"],
                "additionalProperties": false
              }
            },
            "relationships": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "spdxElementId": { "$ref": "#/definitions/id" },
                  "relatedSpdxElement": { "$ref": "#/definitions/id" },
                  "relationshipType": { "enum": ["DESCRIBES", "CONTAINS", "DEPENDS_ON", "DESCENDANT_OF", "GENERATED_FROM"] }
                },
                "required": ["spdxElementId", "relatedSpdxElement", "relationshipType"],
                "additionalProperties": false
              }
            }
          },
          "required": ["SPDXID", "creationInfo", "dataLicense", "documentNamespace", "name", "spdxVersion"],
          "additionalProperties": false
        }
        """;
}
